"""Delivery over sockets: who is connected, what they say, and what they are told."""
