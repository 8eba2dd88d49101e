"""The bugs of the bug lab: one file, one mistake."""
