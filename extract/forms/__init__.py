"""Forms: from what a file shows to what the submission says.

Which grid is which is told by the labels in it, never by its position; the labels are data
(`vocabulary.toml`). Nothing here opens a file, adds figures up or repairs one.
"""
