"""`make bench`: Tryggve beside the stock botbuilder echo bot, on this machine, in one run.

A benchmark and not a test: it prints figures, and whether each meets its target, and ends with 0.
"""
