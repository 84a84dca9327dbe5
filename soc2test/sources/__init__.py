"""Sources: what plugins declare, how they read an item, and the hooks by which they enter."""
