"""Measures Parley, and beside it what others could do on the same machine in the same minute.

Nothing in here is imported by the product, and no figure in here is typed in by hand.
"""
