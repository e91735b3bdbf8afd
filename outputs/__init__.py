"""The room of what leaves gouji: records for programs, listings and pages for clerks.

It turns stored submissions into text and rows; it opens no documents, judges nothing, writes no SQL,
and no personal data passes through it.
"""
