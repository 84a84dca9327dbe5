"""The evidence itself: can the other controls rely on it?"""

from soc2test import EvidenceItem, control


@control(
    "EVD-02",
    criteria=[],
    reliance=True,
    supports={
        "CC2.1": "the information is whole, and of the present",
        "CC4.1": "the tests see the state of now, with nothing cut off",
    },
    nature="state",
    severity="high",
    operates="continuously",
    on_empty="fail",
)
def test_evidence_is_readable_and_complete(item: EvidenceItem) -> None:
    """Every export can be read, is fresh, ties out with its manifest, and lacks no page and no denied call."""
    assert item.readable, f"can't be read: {item.problem}"
    assert item.complete, str(item.problem)


@control(
    "EVD-03",
    criteria=[],
    reliance=True,
    supports={"CC2.1": "information without its day says nothing of any moment"},
    nature="state",
    severity="medium",
    operates="continuously",
    on_empty="fail",
)
def test_evidence_says_when_it_was_collected(item: EvidenceItem) -> None:
    """Every export says when it was collected."""
    assert item.dated, "is undated: put collected_at into exports/manifest.yaml"


@control(
    "EVD-05",
    criteria=[],
    reliance=True,
    supports={
        "CC2.1": "it is known of which things the system is made",
        "CC4.1": "no thing goes untested because no control knows its type",
    },
    nature="state",
    severity="high",
    operates="continuously",
    on_empty="fail",
)
def test_types_of_things_in_exports_are_known(item: EvidenceItem) -> None:
    """No export holds things of a type that soc2test does not know: what they are, no control can have tested."""
    assert not item.unknown_types, f"holds types that are not known: {', '.join(item.unknown_types)}"
