"""The panels, one file each: a file dropped here becomes a dock."""
