"""Proof that the ways from evidence to verdicts hold: exports are changed, and what comes out is judged."""
