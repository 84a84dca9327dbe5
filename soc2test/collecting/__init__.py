"""Collecting: the declared calls of sources are made, and what is answered is kept as exports."""
