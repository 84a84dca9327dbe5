"""Exports that lie in an object store: they are mirrored into a private folder before anything is read."""
