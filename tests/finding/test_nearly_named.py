"""Files that are called nearly as an export is are no harmless extras."""

import json
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from soc2test import Facts, Item, Resource, Source, Subject, facts
from soc2test.evidence.read_limits import ReadLimits
from soc2test.finding.nearly import nearly_named
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Thing(Resource, frozen=True, gc=False, kw_only=True):
    """A thing."""

    good: bool


def source() -> Source:
    made = Source("things", scope=("org",))

    @made.reads("ec2 describe-groups", kind=Thing, items="", lists=True, stream=False, next="next")
    def thing(item: Item, at: Subject) -> Facts:
        return facts(item["id"], good=item["good"])

    @made.reads("ec2 describe-one", kind=Thing, subject="name", stream=False)
    def one(item: Item, at: Subject) -> Facts:
        return facts(at["name"], good=item["good"])

    return made


NEARLY = [
    "EC2.describe-groups.json", "ec2.Describe-Groups.json", "ec2.describe-groups .json", " ec2.describe-groups.json",
    "ec2.describe-groups.json\n", "ec2.describe-groups (1).json", "ec2.describe-groups(2).json", "ec2.describe-groups copy.json",
    "ec2.describe-groups - Copy.json", "ec2.describe-groups-copy-2.json", "ec2.describe-groups.2.json", "ec2.describe-groups_2.json",
    "Copy of ec2.describe-groups.json", "ec2.describe-groups\u200b.json", "EC2.describe-groups.json.gz",
]  # fmt: skip
OTHERS = [
    "README.md", "notes.json", "ec2.describe-groups-of-others.json", "ec2.json", "describe-groups.json", "script.sh",
    "ec2.describe-groups.old.json", "ec2.describe-vpcs.json", "ec2.describe-vpcs (1).json", "Thumbs.db", "(1).json", "copy.json",
]  # fmt: skip


@pytest.mark.parametrize("name", NEARLY)
def test_a_name_that_is_nearly_one_is_known(name: str) -> None:
    found = nearly_named(PurePosixPath("things/acme") / name, source())
    assert found is not None
    claim, meant = found
    assert (claim.operation, claim.subject, meant) == (
        "ec2 describe-groups",
        {"org": "acme"},
        "ec2.describe-groups.json",
    )


@pytest.mark.parametrize("name", OTHERS)
def test_what_has_other_words_in_it_is_something_else(name: str) -> None:
    assert nearly_named(PurePosixPath("things/acme") / name, source()) is None


def test_a_subject_keeps_its_case() -> None:
    found = nearly_named(PurePosixPath("things/acme/EC2.Describe-One.Web.json"), source())
    assert found is not None
    assert found[0].subject == {"org": "acme", "name": "Web"}
    assert found[1] == "ec2.describe-one.Web.json"


def load(folder: Path, **files: str) -> Loaded:
    (folder / "things/acme").mkdir(parents=True)
    for name, text in files.items():
        (folder / "things/acme" / name).write_text(text)
    made = source()
    return load_inventory(Request(folder, {"things": made}, lambda _: [], {}, {}, ReadLimits(), Clock(NOW, NOW)))


def rows(*ids: str) -> str:
    return json.dumps([{"id": id, "good": True} for id in ids])


def test_it_leaves_a_gap_and_says_how_it_should_be_called(tmp_path: Path) -> None:
    loaded = load(tmp_path, **{"ec2.describe-groups.json": rows("a"), "ec2.describe-groups.2.json": rows("b")})
    assert [each.id for each in loaded.inventory.members(Thing)] == ["a"]
    (gap,) = loaded.inventory.gaps(Thing)
    assert "ec2.describe-groups.2.json" in gap.text
    assert "is called nearly as ec2.describe-groups.json is, and read by nobody" in gap.text
    assert [each.path for each in loaded.unclaimed] == ["things/acme/ec2.describe-groups.2.json"]


def test_a_copy_of_what_is_read_is_harmless(tmp_path: Path) -> None:
    loaded = load(tmp_path, **{"ec2.describe-groups.json": rows("a"), "ec2.describe-groups (1).json": rows("a")})
    assert [each.id for each in loaded.inventory.members(Thing)] == ["a"]
    assert loaded.inventory.gaps(Thing) == ()
    assert "call it so, or take it away" in loaded.unclaimed[0].reason


def test_what_is_something_else_is_only_listed(tmp_path: Path) -> None:
    loaded = load(tmp_path, **{"ec2.describe-groups.json": rows("a"), "notes.json": rows("b")})
    assert loaded.inventory.gaps(Thing) == ()
    assert [each.path for each in loaded.unclaimed] == ["things/acme/notes.json"]


def test_a_hidden_file_of_data_is_named_and_no_gap(tmp_path: Path) -> None:
    hidden = {".ec2.describe-groups.json": rows("b"), "._ec2.describe-groups.json": "x", ".DS_Store": "x"}
    loaded = load(tmp_path, **{"ec2.describe-groups.json": rows("a"), **hidden})
    assert loaded.inventory.gaps(Thing) == ()
    (each,) = loaded.unclaimed
    assert each.path == "things/acme/.ec2.describe-groups.json"
    assert "is hidden by the dot before its name" in each.reason
