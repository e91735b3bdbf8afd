"""Old kinds of documents to .docx, by LibreOffice as a process of its own."""
