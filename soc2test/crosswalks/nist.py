"""NIST's own pairs between the frameworks: what NIST holds related to a requirement, whatever the criteria touch."""

import json
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from soc2test.crosswalks.frameworks import FRAMEWORKS, Framework

__all__ = ["FILES", "Related", "related"]

FILES = (
    "hipaa-800-66r2_nist-800-53r5",
    "hipaa-800-66r2_nist-csf-2.0",
    "nist-800-53r5_iso27001-2022",
    "nist-csf-2.0_iso27001-2022",
)


class Related(NamedTuple):
    """A requirement of another framework, and who says that they are related."""

    framework: str
    requirement: str
    source: str


def related(framework: str, requirement: str) -> tuple[Related, ...]:
    """What NIST pairs with a requirement, by framework and id; nothing for frameworks that NIST has no pairs of."""
    return _all().get((framework, requirement), ())


@cache
def _all() -> dict[tuple[str, str], tuple[Related, ...]]:
    found: dict[tuple[str, str], set[Related]] = {}
    for name in FILES:
        text = files("soc2test.crosswalks").joinpath(f"data/nist/{name}.json").read_text("utf-8")
        _add(json.loads(text), found)
    order = list(FRAMEWORKS)
    return {
        key: tuple(sorted(each, key=lambda one: (order.index(one.framework), *one[1:]))) for key, each in found.items()
    }


def _add(table: dict[str, Any], found: dict[tuple[str, str], set[Related]]) -> None:
    """Both directions; an enhancement counts as its control, and what is no requirement here (a clause) is left out."""
    left, right = FRAMEWORKS[table["left"]], FRAMEWORKS[table["right"]]
    for pair in table["pairs"]:
        one, other = _plain(left, pair[0]), _plain(right, pair[1])
        if one in left.requirements and other in right.requirements:
            found.setdefault((left.name, one), set()).add(Related(right.name, other, table["source"]))
            found.setdefault((right.name, other), set()).add(Related(left.name, one, table["source"]))


def _plain(framework: Framework, id: str) -> str:
    return id.partition("(")[0] if framework.name == "nist-800-53" else id
