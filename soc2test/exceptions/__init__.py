"""Exceptions: what a company leaves out or loosens, who approved it, until when; and what it states without an export."""
