"""Shipped policies of soc2test."""
