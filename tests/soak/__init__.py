"""Long trials, `make soak`: many people for a long time, and what can break under them.

`test_soak.py` runs the same for some seconds in `make test`.
"""
