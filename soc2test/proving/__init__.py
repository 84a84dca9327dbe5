"""Proof that a control can fail: its inputs are changed one at a time, and what it does not notice is told."""
