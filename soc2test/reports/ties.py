"""Which records are of one person: those that share a key, an e-mail address or an account."""

from collections.abc import Sequence

__all__ = ["owners_of"]


def owners_of(records: Sequence[tuple[tuple[str, ...], bool]]) -> list[str]:
    """For each record (its keys, and whether it is a person's), the key that stands for its person.

    It does not depend on the order of the records. An account that several people's records list ties nobody.
    """
    folded = [([key.casefold() for key in keys if key], person) for keys, person in records]
    shared = _shared(folded)
    above: dict[str, str] = {}
    for keys, _ in folded:
        tied = [key for key in keys if key not in shared] or keys[:1]
        for key in tied:
            one, other = _top(above, tied[0]), _top(above, key)
            if one != other:
                above[max(one, other)] = min(one, other)
    best: dict[str, tuple[bool, str]] = {}
    for keys, person in folded:
        first = next((key for key in keys if key not in shared), keys[0])
        top = _top(above, first)
        best[top] = min(best.get(top, (True, "\U0010ffff")), (not person, first))
    return [best[_top(above, next((key for key in keys if key not in shared), keys[0]))][1] for keys, _ in folded]


def _shared(records: Sequence[tuple[list[str], bool]]) -> set[str]:
    of: dict[str, set[str]] = {}
    for keys, person in records:
        for key in keys[1:] if person else ():
            of.setdefault(key, set()).add(keys[0])
    return {key for key, people in of.items() if len(people) > 1}


def _top(above: dict[str, str], key: str) -> str:
    while (higher := above.get(key, key)) != key:
        key = higher
    return key
