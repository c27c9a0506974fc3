"""Parley's server: buyers, sellers and support agents talk here, and every word is kept."""

__version__ = "0.1.0"
