"""Periods: the tests over the snapshots of the evidence store, from a first to a last day."""
