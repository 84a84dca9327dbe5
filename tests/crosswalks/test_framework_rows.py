"""What a run's criteria tell of a framework: touched at most, and no better than the criteria."""

import pytest

from soc2test.coverage.statuses import STATUSES
from soc2test.criteria import CRITERIA
from soc2test.crosswalks.mapping import Crosswalk, Pair, shipped
from soc2test.crosswalks.rows import framework_rows
from soc2test.run import CriterionRow, FrameworkRows, RequirementRow


def pair(
    criterion: str | None, requirement: str = "A.8.5", framework: str = "iso27001", strength: str = "strong"
) -> Pair:
    return Pair(
        criterion=criterion,
        framework=framework,
        requirement=requirement,
        reason="why",
        strength=strength,
        origin="ours",
    )


def criteria(**statuses: str) -> list[CriterionRow]:
    """All 61; those that are named ("CC6_1") have a test and this status, all others no control."""
    named = {id.replace("_", "."): status for id, status in statuses.items()}
    return [
        CriterionRow(
            id=id,
            category=criterion.category,
            status=named.get(id, "no_control"),
            controls=(f"T-{id}",) if id in named else (),
            supported_by=(),
        )
        for id, criterion in CRITERIA.items()
    ]


def framework(*pairs: Pair, **statuses: str) -> FrameworkRows:
    (found,) = framework_rows([Crosswalk(origin="ours", sha256="0" * 64, pairs=pairs)], criteria(**statuses))
    return found


def requirement(*pairs: Pair, **statuses: str) -> RequirementRow:
    rows = framework(*pairs, **statuses).requirements
    return next(row for row in rows if row.id == pairs[0].requirement)


@pytest.mark.parametrize(
    ("status", "gives"),
    [
        ("deviation", "touched"),
        ("accepted_deviation", "touched"),
        ("statement_only", "touched"),
        ("no_deviations_partial", "touched"),
        ("no_deviations", "touched"),
        ("not_evaluated", "not_evaluated"),
        ("no_occurrences", "no_test"),
        ("no_control", "no_test"),
        ("carved_out", "no_test"),
        ("not_relevant", "no_test"),
        ("out_of_scope", "no_test"),
    ],
)
def test_no_better_than_its_criteria(status: str, gives: str) -> None:
    row = requirement(pair("CC6.1"), CC6_1=status)
    assert (row.status, row.touches[0].status) == (gives, status)
    assert row.strength == ("strong" if gives == "touched" else None)


def test_every_status_of_a_criterion_was_thought_of() -> None:
    cases = test_no_better_than_its_criteria.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {status for status, _ in cases} == set(STATUSES)


def test_a_statement_without_a_test_touches_nothing() -> None:
    rows = [row for row in criteria() if row.id != "P4.1"]
    stated = CriterionRow("P4.1", "privacy", "statement_only", (), ())
    mapping = Crosswalk(origin="ours", sha256="0", pairs=(pair("P4.1"),))
    (found,) = framework_rows([mapping], [*rows, stated])
    assert next(row for row in found.requirements if row.id == "A.8.5").status == "no_test"


def test_of_several_criteria_one_that_was_tested_is_enough_and_all_are_named_strongest_first() -> None:
    row = requirement(
        pair("CC6.3", strength="loose"), pair("CC6.2"), pair("CC6.1"), CC6_1="not_evaluated", CC6_3="deviation"
    )
    assert row.status == "touched"
    assert [(touch.criterion, touch.strength, touch.status) for touch in row.touches] == [
        ("CC6.1", "strong", "not_evaluated"),
        ("CC6.2", "strong", "no_control"),
        ("CC6.3", "loose", "deviation"),
    ]
    assert row.tests == ("T-CC6.1", "T-CC6.3")
    assert row.strength == "loose"  # what was not tested lends it no strength
    assert requirement(pair("CC6.2"), pair("CC6.1"), CC6_1="not_evaluated").strength is None
    assert requirement(pair("CC6.2"), pair("CC6.1"), CC6_1="not_evaluated").status == "not_evaluated"


def test_all_requirements_of_a_known_framework_are_there_in_their_order() -> None:
    found = framework(pair("CC6.1", "A.8.5"), CC6_1="no_deviations")
    assert (len(found.requirements), found.all_known) == (93, True)
    assert [row.id for row in found.requirements][:2] == ["A.5.1", "A.5.2"]
    assert [row.id for row in found.requirements if row.status != "untouched"] == ["A.8.5"]
    assert found.requirements[0].related  # NIST relates it all the same


def test_of_a_framework_of_its_own_a_file_names_all_that_is_known() -> None:
    found = framework(pair("CC6.1", "8.4.2", "pci-dss"), pair(None, "9.5.1", "pci-dss"), CC6_1="no_deviations")
    assert (found.title, found.all_known) == ("pci-dss", False)
    assert [(row.id, row.status) for row in found.requirements] == [("8.4.2", "touched"), ("9.5.1", "untouched")]


def test_a_later_mapping_says_the_last_word_on_a_pair_and_adds_others() -> None:
    ours = Crosswalk(origin="ours", sha256="0", pairs=(pair("CC6.1", strength="loose"), pair("CC1.1")))
    (found,) = framework_rows([shipped("iso27001"), ours], criteria(CC6_1="no_deviations"))
    row = next(row for row in found.requirements if row.id == "A.8.5")
    said = {touch.criterion: (touch.strength, touch.origin) for touch in row.touches}
    assert said["CC6.1"] == ("loose", "ours")
    assert said["CC1.1"] == ("strong", "ours")
    assert [origin.name for origin in found.origins] == ["soc2test", "ours"]


def test_known_frameworks_stand_first_in_their_order() -> None:
    own = Crosswalk(origin="ours", sha256="0", pairs=(pair("CC6.1", "1", "a-b"), pair("CC6.1", "2", "zz")))
    found = framework_rows([own, shipped("nist-csf"), shipped("iso27001")], criteria())
    assert [each.name for each in found] == ["iso27001", "nist-csf", "a-b", "zz"]
