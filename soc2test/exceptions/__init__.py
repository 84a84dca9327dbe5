"""Exceptions: what a company leaves out or loosens, by whose approval and until when; and what it states."""
