"""Choosing among readings that were really made of a scan's figures, by the sums they stand in.

`settle.settled` is the door. No reading is invented, no digital figure touched, nothing changed in
silence: a figure that was given another reading keeps the first as its `raw`, and the rule
`reading.repaired` tells it.
"""
