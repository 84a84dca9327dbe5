"""The state of a weakness, where a word that is not known here is neither closed nor open."""

from soc2test import Vulnerability
from soc2test_policies._joins import allowed

__all__ = ["state_of"]

_STATES = {word: word for word in ("open", "fixed", "dismissed")}


def state_of(vulnerability: Vulnerability) -> str:
    """One of "open", "fixed" and "dismissed"; raises `UnknownFact` for any other word."""
    return allowed("state", vulnerability.state, _STATES)
