"""Merging: what all calls told, put together; which of them count, and what follows from what they told."""
