"""What is left on purpose, each with its reason."""

from collections.abc import Mapping

__all__ = ["DECIDES_NOTHING", "HANDED_ON", "LEFT"]

LEFT: Mapping[tuple[str, str, str, str], tuple[tuple[str, ...], str]] = {}
"""Source, call, leaf and sort of finding -> the words, and why it is right as it is."""
DECIDES_NOTHING: Mapping[tuple[str, str, str], str] = {}
"""Leaves that make no difference in any export, and why."""
HANDED_ON: Mapping[tuple[str, str, str], str] = {}
"""Source, kind and fact that shows the word, and why that is no answer by itself."""
