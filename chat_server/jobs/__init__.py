"""Delivery by the clock: what is due, and what follows the events."""
