"""What Parley survives. Short in `make test`, at full length in `make soak` (PARLEY_SOAK=1)."""
