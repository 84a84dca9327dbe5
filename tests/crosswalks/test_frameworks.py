"""What soc2test ships of other frameworks: the ids, the pairs by hand, and NIST's own pairs between them."""

import json
import re
from importlib.resources import files

import pytest
from allowed_words import KEPT, PHRASES

from soc2test.criteria import CRITERIA
from soc2test.crosswalks.frameworks import FRAMEWORKS
from soc2test.crosswalks.mapping import STRENGTHS, shipped
from soc2test.crosswalks.nist import FILES, related
from soc2test.linting.words import refused_words

AGREED = [
    "C1.2-A.8.10",
    "CC1.3-A.5.2",
    "CC3.2-A.5.22",
    "CC6.1-A.8.22",
    "CC6.1-A.8.24",
    "CC6.3-A.5.15",
    "CC6.3-A.5.18",
    "CC6.8-A.8.7",
    "CC7.1-A.8.9",
    "CC7.2-A.8.16",
    "CC7.4-A.5.25",
    "CC7.5-A.8.13",
    "CC8.1-A.8.9",
    "CC9.2-A.5.22",
    "CC7.3-A.5.25",
    "CC7.4-A.5.26",
    "CC8.1-A.8.32",
]
"""on which independent sources agree"""


def nist(name: str) -> dict[str, object]:
    text = files("soc2test.crosswalks").joinpath(f"data/nist/{name}.json").read_text("utf-8")
    loaded: dict[str, object] = json.loads(text)
    return loaded


def pairs_of(name: str) -> list[tuple[str, str]]:
    found = nist(name)["pairs"]
    assert isinstance(found, list)
    return [(left, right) for left, right in found]


def test_the_pairs_on_which_independent_sources_agree_are_all_there() -> None:
    ours = {f"{pair.criterion}-{pair.requirement}" for pair in shipped("iso27001").pairs}
    assert len(AGREED) == 17
    assert [pair for pair in AGREED if pair in ours] == AGREED


def test_the_frameworks_have_as_many_requirements_as_they_have() -> None:
    found = {name: len(framework.requirements) for name, framework in FRAMEWORKS.items()}
    assert found == {"iso27001": 93, "hipaa": 22, "nist-csf": 106, "nist-800-53": 298}
    assert all(len(set(framework.requirements)) == len(framework.requirements) for framework in FRAMEWORKS.values())


def test_nist_knows_the_same_ids() -> None:
    left = {one for one, _ in pairs_of("nist-csf-2.0_iso27001-2022")}
    assert left == set(FRAMEWORKS["nist-csf"].requirements)
    controls = {one.partition("(")[0] for one, _ in pairs_of("nist-800-53r5_iso27001-2022")}
    assert controls <= set(FRAMEWORKS["nist-800-53"].requirements)
    standards = {one for name in FILES if name.startswith("hipaa") for one, _ in pairs_of(name)}
    assert standards == set(FRAMEWORKS["hipaa"].requirements)
    annex = {two for name in FILES if "iso27001" in name for _, two in pairs_of(name) if two.startswith("A.")}
    assert annex <= set(FRAMEWORKS["iso27001"].requirements)


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_each_shipped_pair_says_why_in_our_words(name: str) -> None:
    pairs = shipped(name).pairs
    assert {pair.framework for pair in pairs} == {name}
    assert {pair.origin for pair in pairs} == {"soc2test"}
    for pair in pairs:
        assert pair.criterion in CRITERIA
        assert pair.strength in STRENGTHS
        assert len(pair.reason.split()) >= 4, pair
        assert list(refused_words(pair.reason, [*PHRASES, *KEPT])) == [], pair


def test_every_criterion_is_paired_with_annex_a_and_800_53() -> None:
    for name in ("iso27001", "nist-800-53"):
        assert {pair.criterion for pair in shipped(name).pairs} == set(CRITERIA)


@pytest.mark.parametrize("name", FILES)
def test_nist_s_pairs_name_their_source_and_version(name: str) -> None:
    found = nist(name)
    assert str(found["source"]).startswith("NIST")
    assert found["version"]
    assert found["licence"] == "NIST public information"
    assert {found["left"], found["right"]} <= set(FRAMEWORKS)
    assert len(pairs_of(name)) == len(set(pairs_of(name))) > 180


def test_what_nist_pairs_is_told_from_both_sides() -> None:
    assert ("nist-800-53", "AC-3") in {one[:2] for one in related("iso27001", "A.5.15")}
    assert ("iso27001", "A.5.15") in {one[:2] for one in related("nist-800-53", "AC-3")}
    assert ("hipaa", "164.308(a)(4)") in {one[:2] for one in related("nist-800-53", "AC-2")}
    assert {one.source for one in related("hipaa", "164.308(a)(4)")} == {"NIST SP 800-66r2"}
    assert related("pci-dss", "8.4.2") == ()


def test_an_enhancement_counts_as_its_control_and_a_clause_as_nothing() -> None:
    assert ("iso27001", "A.8.16") in {one[:2] for one in related("nist-800-53", "AC-17")}  # NIST: AC-17(1)
    every = [
        one for framework in FRAMEWORKS.values() for id in framework.requirements for one in related(framework.name, id)
    ]
    assert len(every) > 2000
    assert all(one.requirement in FRAMEWORKS[one.framework].requirements for one in every)
    assert not [one for one in every if re.fullmatch(r"\d+\.\d+.*", one.requirement) and one.framework == "iso27001"]
