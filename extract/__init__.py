"""Reading: from files in a folder to Reports, in four steps that never judge a figure.

intake (find, hash, tell types) → readers (files to Documents) → forms (Documents to Reports) →
submission (Reports of several files to one Report a department and year).
"""
