"""Invented departments' submissions: facts that add up, faults on purpose, their documents and goldens.

Nothing here imports the program under test, and nobody in here exists.
"""
