"""P, privacy: what people are told about their data, and what is done with it."""
