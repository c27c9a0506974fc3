"""Delivery over HTTP: requests become actions, results become bodies."""
