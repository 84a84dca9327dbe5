"""Proof that controls can fail and readers know their words: inputs are changed, and what comes of it is judged."""
