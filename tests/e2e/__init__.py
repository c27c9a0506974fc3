"""Real server processes, real sockets, real databases: what they are started with, and what is checked at the end."""
