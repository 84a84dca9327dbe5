"""Resources: typed resources whose unknown facts raise when they are read."""
