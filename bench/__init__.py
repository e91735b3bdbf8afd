"""Measures gouji side by side with its floors and its peers, in one run, as ratios. Nothing needs it.

`python -m bench` prints one Markdown table with the aims beside the figures. Seconds are CPU seconds,
medians of runs that take turns, so that what else the machine does falls on all alike.
"""
