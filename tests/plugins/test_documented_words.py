"""Words that vendors document: each is known or named as unknown on purpose, and no other word is taken for a fact.

The tables `plugins/*/documented_words.json` say what is documented; `soc2test/proving/words/judging.py` says what is a finding.
"""

from collections import defaultdict
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from documented_words.corpus import GIVEN, SOURCES, exports
from documented_words.left import DECIDES_NOTHING, HANDED_ON, LEFT
from documented_words.vendors import LISTS, NOT_HAD, WITHOUT
from figures import Figures

import soc2test_plugins
from soc2test.evidence.record import Evidence
from soc2test.proving.words.judging import ANY_OTHER, TAKEN, Judged, judge_leaf
from soc2test.proving.words.paths import text_of
from soc2test.proving.words.table import Documented, documented_in

TABLES = sorted(Path(soc2test_plugins.__path__[0]).glob("*/documented_words.json"))
DOCUMENTED = [documented for table in TABLES for documented in documented_in(table)]
CALLS = sorted({(documented.source, documented.operation) for documented in DOCUMENTED})
TITLE = "words that vendors document, in all exports of shipped sources"
MOST_PLACES = 3
"""Of one export: the entries of a list are read alike."""
LARGE = 15_000
"""An export of more characters has many places of few sorts."""


@cache
def exports_of(source: str, operation: str) -> tuple[Evidence, ...]:
    found = (evidence for evidence in exports() if (evidence.source, evidence.operation) == (source, operation))
    return tuple(evidence for evidence in found if len(repr(evidence.body)) < LARGE)


@cache
def judged(documented: Documented) -> tuple[Judged, ...]:
    operation = SOURCES[documented.source].operations[documented.operation]
    return tuple(
        judged
        for evidence in exports_of(documented.source, documented.operation)
        for judged in islice(judge_leaf(GIVEN, operation, evidence, documented.leaf, documented.words), MOST_PLACES)
    )


def name_of(documented: Documented) -> tuple[str, str, str]:
    return documented.source, documented.operation, text_of(documented.leaf)


def of_call(source: str, operation: str) -> list[Documented]:
    return [documented for documented in DOCUMENTED if (documented.source, documented.operation) == (source, operation)]


def findings_of(documented: Documented) -> dict[tuple[str, str], set[str]]:
    """Sort of finding and what it is about -> words."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in judged(documented):
        for sort, word, about in each.findings:
            found[sort, ".".join(filter(None, (about.kind or about.sort, about.fact)))].add(word)
    return found


@pytest.mark.each(14)
@pytest.mark.parametrize(("source", "operation"), CALLS)
def test_no_documented_word_is_unknown_and_no_other_is_known(source: str, operation: str, figures: Figures) -> None:
    found = {
        (*name_of(documented), *about): tuple(sorted(words))
        for documented in of_call(source, operation) for about, words in findings_of(documented).items()
    }  # fmt: skip
    left = {place: words for place, (words, _) in LEFT.items() if place[:2] == (source, operation)}
    for documented in of_call(source, operation):
        own = {place: words for place, words in found.items() if place[:3] == name_of(documented)}
        sorts = {place[3] for place in own}
        unknown = {word for place, words in own.items() if place[3] == ANY_OTHER for word in words}
        figures.count(
            TITLE, leaves=1, words=len(documented.words), places=len(judged(documented)),
            words_unknown_as_any_other=len(unknown), readers_that_take_any_word=int(TAKEN in sorts),
        )  # fmt: skip
    assert found == left


@pytest.mark.long
def test_each_leaf_decides_something_in_an_export() -> None:
    nothing = {
        name_of(documented)
        for documented in DOCUMENTED
        if all(set(each.classes.values()) <= {"decides nothing"} for each in judged(documented))
    }
    assert nothing == set(DECIDES_NOTHING)


@pytest.mark.long
def test_what_hands_a_word_on_is_named() -> None:
    handed_on = {
        (documented.source, kind, fact)
        for documented in DOCUMENTED for each in judged(documented) for kind, fact in each.handed_on
    }  # fmt: skip
    assert handed_on == set(HANDED_ON)


def test_what_is_left_has_a_reason() -> None:
    assert {place[:3] for place in LEFT} <= {name_of(documented) for documented in DOCUMENTED}
    assert all(words and reason for words, reason in LEFT.values())
    assert all((*DECIDES_NOTHING.values(), *HANDED_ON.values()))


def test_no_table_is_left_out() -> None:
    assert {table.parent.name for table in TABLES} == {
        "aws", "azure", "entra", "gcp", "github", "google_workspace", "intune", "kubernetes", "okta", "terraform",
        "vulnerabilities",
    }  # fmt: skip
    assert len(DOCUMENTED) > 150
    assert all(documented.words for documented in DOCUMENTED)


def test_a_source_whose_words_stand_in_no_table_is_named_with_the_reason() -> None:
    of_tables = {*LISTS, *(source for sources in NOT_HAD.values() for source in sources)}
    assert set(SOURCES) == of_tables | set(WITHOUT)
    assert not of_tables & set(WITHOUT)
