"""Proof that controls can fail and readers know their words: inputs are changed one at a time, and what comes is judged."""
