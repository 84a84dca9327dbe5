"""Samples of a listed population, that anybody can draw again."""
