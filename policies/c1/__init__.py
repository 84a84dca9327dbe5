"""C1, confidentiality: labelled stores, and how the confidential ones are kept."""
