"""Reusable widgets that know no workspace."""
