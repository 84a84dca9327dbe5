"""Bodies of controls whose messages read facts; in a file of their own, whose asserts pytest does not rewrite."""

from collections.abc import Callable
from typing import Any

from soc2test import Identity, Population, control


def over(body: Callable[[Any], object]) -> Callable[..., object]:
    def test_it(identity: Identity) -> object:
        """Signs in with a second factor."""
        return body(identity)

    return control("T-1", criteria=["CC6.1"], nature="state")(test_it)


def worded_directly(identity: Any) -> None:
    assert identity.mfa, f"{identity.owner} signs in without a second factor"


def worded_by_a_condition(identity: Any) -> None:
    assert identity.mfa, "nobody's" if identity.owner is None else "somebody's"


def worded_by_an_inner_function(identity: Any) -> None:
    assert identity.mfa, ", ".join(identity.owner for _ in range(2))


def worded_amid_others(identity: Any) -> None:
    assert identity.name, "has no name"
    for _ in range(2):
        assert identity.mfa, f"{identity.owner:>10}"


def read_afterwards(identity: Any) -> None:
    assert identity.mfa, f"{identity.owner}"
    assert identity.owner != "", "owner is blank"


@control("T-2", criteria=["CC6.1"], nature="state")
def test_some_have_a_factor(identities: Population[Identity]) -> None:
    """Somebody has a second factor."""
    assert any(each.mfa for each in identities), f"{identities.members[0].owner} has none"
