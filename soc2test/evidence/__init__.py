"""Evidence: from a file on disk to a parsed body with its provenance."""
