"""The services that tests bring along: PostgreSQL, Redis, S3, Chromium; all without root.

Each module can be imported without its service being installed: what is heavy loads when it starts.
"""
