"""What to show, with no Qt in it."""
