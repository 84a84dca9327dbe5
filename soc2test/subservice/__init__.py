"""Subservice organisations (subservice.yaml): vendors whose controls are needed with ours, and what shows these."""
