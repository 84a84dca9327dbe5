"""Facts: typed resources whose unknown attributes raise when they are read."""
