"""The names by which controls take kinds without annotations: `identities` is a population, `identity` one of it.

A kind's names follow from its class (`S3Bucket`: `s3_bucket`, `s3_buckets`), or from what the class says itself:
`fixture = "buckets"`, the plural alone, or `fixture = ("datum", "data")` where the singular does not follow from it.
"""

import re
import sys
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from soc2test.imports import as_imported
from soc2test.resources.resource import Resource, every_kind

__all__ = [
    "RESERVED", "Claim", "FixtureNames", "claims", "claims_of", "names_of", "plural_of", "singular_of", "two_claim",
    "wrong_name",
]  # fmt: skip

Kind = type[Resource]

RESERVED = ("as_of", "limits", "request")
"""what a control takes by these names is something else: no kind has a fixture of such a name"""

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z][a-z0-9]*|[A-Z0-9]+")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_IRREGULAR = {"child": "children", "criterion": "criteria", "person": "people"}
_HISSING = ("ch", "sh", "ss", "us", "x", "z")


class FixtureNames(NamedTuple):
    """By which names one resource of a kind, and its whole population, are taken."""

    one: str
    whole: str


class Claim(NamedTuple):
    """What a name stands for."""

    kind: Kind
    whole: bool
    """the population, rather than the resource under test"""


def plural_of(singular: str) -> str:
    """The plural of a name, of which the last word is the noun: "password_policies".

    A kind that is named in the plural already (`DbParameters`, the parameters of one group) has no other one:
    "all_db_parameters".
    """
    before, noun = _split(singular)
    if noun in _IRREGULAR:
        return before + _IRREGULAR[noun]
    if noun.endswith("sis"):
        return f"{singular[:-2]}es"
    if noun.endswith(_HISSING):
        return f"{singular}es"
    if noun.endswith("s"):
        return f"all_{singular}"
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return f"{singular[:-1]}ies"
    return f"{singular}s"


def singular_of(plural: str) -> str | None:
    """The name of which `plural` is the plural, None where it is of none."""
    before, noun = _split(plural)
    irregular = [one for one, several in _IRREGULAR.items() if several == noun]
    if irregular:
        return before + irregular[0]
    endings = (("ies", "y"), ("yses", "ysis"), ("es", ""), ("s", ""))
    guesses = [plural.removesuffix(ending) + instead for ending, instead in endings if plural.endswith(ending)]
    return next((guess for guess in guesses if guess and plural_of(guess) == plural), None)


def _split(name: str) -> tuple[str, str]:
    before, line, noun = name.rpartition("_")
    return before + line, noun


def names_of(kind: Kind) -> FixtureNames | None:
    """The names of a kind; None where what its class says can't be used, or where the class is a helper (`_Base`)."""
    if kind.__name__.startswith("_") or wrong_name(kind) is not None:
        return None
    said = _said(kind)
    if isinstance(said, tuple):
        return FixtureNames(*said)
    if said is not None:
        return FixtureNames(one=singular_of(said) or said, whole=said)
    singular = "_".join(_WORDS.findall(kind.__name__)).lower()
    return FixtureNames(one=singular, whole=plural_of(singular))


def _said(kind: Kind) -> "str | tuple[str, str] | None":
    """What the class itself says; a special case of it has names of its own."""
    said = vars(kind).get("fixture")
    if isinstance(said, str) or (isinstance(said, tuple) and all(isinstance(name, str) for name in said)):
        return said  # how many they are is looked at by `wrong_name`
    return None  # a fact of the kind may be called so


def wrong_name(kind: Kind) -> str | None:
    """What is wrong with the `fixture =` of a kind; None where nothing is, or where it says nothing."""
    said = _said(kind)
    if said is None:
        return None
    names = said if isinstance(said, tuple) else (said,)
    both = 'name the population (fixture = "buckets"), or one and all (fixture = ("bucket", "buckets"))'
    for name in names:
        if not _NAME.fullmatch(name) or name in RESERVED:
            return f"{kind.__name__}: fixture = {said!r}: {name!r} can't be the name of a fixture; {both}"
    if isinstance(said, str) and singular_of(said) is None:
        return f"{kind.__name__}: fixture = {said!r} is the plural of no word that is known; {both}"
    if isinstance(said, tuple) and (len(said) != 2 or said[0] == said[1]):  # noqa: PLR2004  # one and all
        return f"{kind.__name__}: fixture = {said!r} must be two names; {both}"
    return None


def claims() -> Mapping[str, tuple[Claim, ...]]:
    """What each name stands for, of all kinds that are loaded; a name of several claims stands for nothing."""
    found: dict[str, list[Claim]] = {}
    for kind in dict.fromkeys(every_kind()):
        if _is_loaded(kind):
            for name, claim in _named(kind):
                found.setdefault(name, []).append(claim)
    return {name: tuple(claimed) for name, claimed in found.items()}


def claims_of(name: str) -> tuple[Claim, ...]:
    """What one name stands for: nothing, one thing, or what several kinds claim."""
    named = [(kind, claim) for kind in dict.fromkeys(every_kind()) for own, claim in _named(kind) if own == name]
    return tuple(claim for kind, claim in named if _is_loaded(kind))


@cache
def _named(kind: Kind) -> tuple[tuple[str, Claim], ...]:
    names = names_of(kind)
    if names is None:
        return ()
    claimed = ((names.one, Claim(kind=kind, whole=False)), (names.whole, Claim(kind=kind, whole=True)))
    return tuple((name, claim) for name, claim in claimed if name not in RESERVED)


def two_claim(name: str, claimed: "tuple[Claim, ...]") -> str:
    """What is said of a name that several kinds claim."""
    kinds = " and ".join(f"{claim.kind.__name__} of {_place(claim.kind)}" for claim in claimed)
    first = claimed[0].kind.__name__
    return (
        f"{name} is claimed by {kinds}: say which one by an annotation ({name}: Population[{first}], or "
        f'{name}: {first}), or let one of the kinds name its own: fixture = "..." in its class'
    )


def _place(kind: Kind) -> str:
    return "soc2test" if kind.__module__.startswith("soc2test.") else as_imported(kind.__module__)


def _is_loaded(kind: Kind) -> bool:
    """True where its module still holds it: one that was loaded anew, or did not load, leaves classes behind."""
    module = sys.modules.get(kind.__module__)
    return getattr(module, kind.__qualname__, None) is kind
