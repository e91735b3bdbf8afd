"""What a target or an actual value says: operator, value, unit, days, quality words.

Knows words, no grid and no report: the forms keep these cells as printed, and the rules read them here.
"""
