"""People whom a register names as having signed for something."""

from datetime import datetime

from soc2test import Person, Population, UnknownFact
from soc2test_policies._people import named_problem

__all__ = ["signer_problem"]


def signer_problem(role: str, name: str | None, moment: datetime, persons: Population[Person]) -> str:
    """What is wrong with who signed for something; "" where it is the address of a person who worked here then.

    Raises `UnknownFact` for what is no address: a board or a bare name may well have signed, and can't be looked up.
    """
    if name is not None and "@" not in name:
        raise UnknownFact(
            "", f"its {role} is told without an address: name the person who signed, as in the register of people"
        )
    return named_problem(role, name, moment, persons)
