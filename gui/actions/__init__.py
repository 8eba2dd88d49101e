"""The menus, one file each: a file dropped here joins the menu bar."""
