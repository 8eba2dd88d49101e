"""What the app is doing, as objects with signals and no widgets."""
