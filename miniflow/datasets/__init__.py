"""The data sets, one file each: a file dropped here can be chosen as an Input's value."""
