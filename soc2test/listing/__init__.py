"""Populations that can be listed: every member of what a control tested, as CSV, with a sheet about its sources."""
