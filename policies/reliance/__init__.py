"""The evidence itself: can the other controls rely on it? Of no criterion."""
