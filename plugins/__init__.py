"""Shipped plugins of soc2test."""
