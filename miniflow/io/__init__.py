"""How a document is kept: the file format, read strictly and written so that nothing is lost."""
