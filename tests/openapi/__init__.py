"""The API held against its own document."""
