"""The node classes, one file each: a file dropped here is in the palette, the files and the tests."""
