"""Files with a password: opened with Office's own default, or with one that the clerk knows."""
