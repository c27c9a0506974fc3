"""The demo marketplace: invented people and products, and a stand-in for a marketplace's backend.

Exists only under `parley demo`, on loopback and on a database that holds nothing else.
"""
