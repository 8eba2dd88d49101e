"""What the user drew: records, the edits that change them, what is wrong or missing. No NumPy to read one."""
