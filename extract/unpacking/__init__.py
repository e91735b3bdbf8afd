"""Archives to the files in them, under limits: no name in an archive is ever used as a path."""
