"""Which source and operation a file is claimed for: by its path, its records, or a plugin's word."""

import bz2
import gzip
import io
import lzma
import tarfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from exporting import HERE, Store, User, codes, ids, load, told, user, vendor

from soc2test import Claim, Export, Facts, Item, Skip, Source, Subject, facts, skip, unpaged
from soc2test.evidence.files import walk
from soc2test.evidence.read_limits import ReadLimits
from soc2test.finding.claims import RECORDS, Unclaimable, claim
from soc2test.resources.kinds import Change, Repository

hub = Source("hub", scope=("org",), paging=unpaged)


@hub.reads("pulls list", kind=Change, items="", lists=True, per=Repository, subject="repository")
def pulls(item: Item, at: Subject) -> Facts:
    return facts(f"{at['repository']}/{item['n']}", title=item["t"])


@hub.reads("pulls list-reviews", kind=Change, subject=("repository", "number"))
def reviews(body: Item, at: Subject) -> Facts:
    return facts(f"{at['repository']}/{at['number']}", merged=True)


@hub.reads("pulls list comments", kind=Change, subject="repository")
def comments(body: Item, at: Subject) -> Skip:
    return skip("not read")


@hub.reads("orgs get", kind=Repository)
def org(body: Item, at: Subject) -> Skip:
    return skip("not read")


def tar_of(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


SOURCES = {"hub": hub, "cloud": vendor()}


def claimed(root: Path, path: str, data: bytes = b"[]", ask: Any = lambda export: []) -> Claim | str:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    (found,) = walk(root, ReadLimits())
    return claim(found, SOURCES, ask)


BY_PATH = {
    "hub/acme/orgs.get.json": ("orgs get", {"org": "acme"}, None),
    "hub/acme/pulls.list.json": ("pulls list", {"org": "acme"}, None),
    "hub/acme/pulls.list.web.json": ("pulls list", {"org": "acme", "repository": "web"}, None),
    "hub/acme/pulls.list.web.page12.json": ("pulls list", {"org": "acme", "repository": "web"}, 12),
    "hub/acme/pulls.list.page2.json": ("pulls list", {"org": "acme"}, 2),
    "hub/acme/pulls.list-reviews.web~12.json": ("pulls list-reviews", {"org": "acme", "repository": "web", "number": "12"}, None),
    "hub/acme/pulls.list.my.dotted.name.json": ("pulls list", {"org": "acme", "repository": "my.dotted.name"}, None),
    "hub/acme/pulls.list.data.csv.json": ("pulls list", {"org": "acme", "repository": "data.csv"}, None),
    "hub/acme/pulls.list.notes.txt.json": ("pulls list", {"org": "acme", "repository": "notes.txt"}, None),
    "hub/acme/pulls.list.comments.json": ("pulls list comments", {"org": "acme"}, None),
    "hub/acme/pulls.list.comments.web.json": ("pulls list comments", {"org": "acme", "repository": "web"}, None),
    "hub/acme/pulls.list.page.json": ("pulls list", {"org": "acme", "repository": "page"}, None),
    "hub/acme/pulls.list.a%2Fb%7Ec%20d.json": ("pulls list", {"org": "acme", "repository": "a/b~c d"}, None),
    "hub/acme/pulls.list-reviews.a%7Eb~3.json": ("pulls list-reviews", {"org": "acme", "repository": "a~b", "number": "3"}, None),
    "hub/Acme%20Inc/orgs.get.json": ("orgs get", {"org": "Acme Inc"}, None),
    "hub/acme/orgs.get.yaml": ("orgs get", {"org": "acme"}, None),
    "hub/acme/orgs.get.ndjson": ("orgs get", {"org": "acme"}, None),
    "hub/acme/orgs.get": ("orgs get", {"org": "acme"}, None),
    "hub/acme/orgs.get.JSON": ("orgs get", {"org": "acme"}, None),
    "cloud/012345678901/eu-west-1/users.list.json": ("users list", {"account": "012345678901", "region": "eu-west-1"}, None),
}  # fmt: skip


@pytest.mark.parametrize("path", BY_PATH)
def test_the_path_says_source_operation_scope_subject_and_page(path: str, tmp_path: Path) -> None:
    operation, subject, page = BY_PATH[path]
    assert claimed(tmp_path, path) == Claim(path.split("/")[0], operation, subject, page)


def test_compression_is_no_part_of_the_name(tmp_path: Path) -> None:
    found = claimed(tmp_path, "hub/acme/pulls.list.web.page2.json.gz", gzip.compress(b"[]"))
    assert found == Claim("hub", "pulls list", {"org": "acme", "repository": "web"}, 2)


UNCLAIMED = {
    "orgs.get.json": "lies below no source's folder (cloud, hub)",
    "strange/acme/orgs.get.json": "lies below no source's folder (cloud, hub)",
    "hub/orgs.get.json": "hub reads files in exports/hub/<org>/",
    "hub/acme/deeper/orgs.get.json": "hub reads files in exports/hub/<org>/",
    "cloud/012345678901/users.list.json": "cloud reads files in exports/cloud/<account>/<region>/",
    "hub/acme/issues.list.json": "hub reads no such operation: a file is named after its call",
    "hub/acme/orgs.get.web.json": "hub reads no such operation",
    "hub/acme/orgs.getaway.json": "hub reads no such operation",
    "hub/acme/pulls.list-reviews.web.json": "hub reads no such operation",
    "hub/acme/pulls.list-reviews.web~1~2.json": "hub reads no such operation",
}


@pytest.mark.parametrize("path", UNCLAIMED)
def test_what_nobody_reads_is_named_with_the_reason(path: str, tmp_path: Path) -> None:
    with pytest.raises(Unclaimable) as caught:
        claimed(tmp_path, path)
    assert UNCLAIMED[path] in str(caught.value)


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("web.yaml", bytes),
        ("web.yaml.gz", gzip.compress),
        ("web.yaml.XZ", lzma.compress),
        ("web.yaml.bz2", bz2.compress),
    ],
)
def test_a_plugin_is_asked_alike_however_a_file_is_packed(name: str, pack: Any, tmp_path: Path) -> None:
    def ask(export: Export) -> list[Claim]:
        fits = str(export.path) == "odd/web.yaml" and export.head() == b"login: acme"
        return [Claim("hub", "orgs get", {"org": "acme"})] if fits else []

    assert claimed(tmp_path, f"odd/{name}", pack(b"login: acme"), ask) == Claim("hub", "orgs get", {"org": "acme"})


def test_a_plugin_is_asked_for_members_of_archives_by_the_path_that_unpacking_gives(tmp_path: Path) -> None:
    asked: list[str] = []

    def ask(export: Export) -> list[Claim]:
        asked.append(f"{export.path} {export.head().decode()}")
        return []

    load(tmp_path, {"apps/all.tar.xz": lzma.compress(tar_of(("web/a.yaml.gz", gzip.compress(b"kind: x"))))}, ask=ask)
    assert asked == ["apps/web/a.yaml kind: x"]


def test_a_plugin_may_claim_what_does_not_lie_by_convention(tmp_path: Path) -> None:
    seen: list[Export] = []

    def ask(export: Export) -> list[Claim]:
        seen.append(export)
        return [Claim("hub", "orgs get", {"org": "acme"})] if b"login" in export.head() else []

    assert claimed(tmp_path, "odd/place.json", b'{"login": "acme"}', ask) == Claim("hub", "orgs get", {"org": "acme"})
    assert (str(seen[0].path), seen[0].size) == ("odd/place.json", 17)


def test_a_plugin_may_claim_a_spreadsheet_by_the_names_of_its_columns(tmp_path: Path) -> None:
    def ask(export: Export) -> list[Claim]:
        return [Claim("hub", "orgs get", {"org": "acme"})] if ["Login", "Name"] in export.headers() else []

    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as workbook:
        workbook.add_worksheet().write_row(0, 0, ["Login", "Name"])
    assert claimed(tmp_path, "odd/place.xlsx", book.getvalue(), ask) == Claim("hub", "orgs get", {"org": "acme"})
    with pytest.raises(Unclaimable):
        claimed(tmp_path, "odd/place.xlsx", b"no spreadsheet", ask)


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        (
            [Claim("hub", "orgs get"), Claim("cloud", "users list")],
            "claimed by cloud and hub; move it below one's folder",
        ),
        ([Claim("hub", "orgs burn")], "a plugin claims it for hub 'orgs burn', which no source declares"),
        ([Claim("nix", "orgs get")], "a plugin claims it for nix 'orgs get', which no source declares"),
    ],
)
def test_contradicting_and_unknown_claims_are_refused(claims: list[Claim], says: str, tmp_path: Path) -> None:
    with pytest.raises(Unclaimable, match=says):
        claimed(tmp_path, "odd/place.json", b"[]", lambda export: claims)


def test_a_file_of_records_says_itself_what_it_is(tmp_path: Path) -> None:
    assert claimed(tmp_path, "anywhere/at-all.ndjson", b'{"soc2test": "evidence/1"}\n') == RECORDS


def test_a_compressed_file_of_records_too(tmp_path: Path) -> None:
    assert claimed(tmp_path, "at-all.ndjson.gz", gzip.compress(b'{"soc2test": "evidence/1"}\n')) == RECORDS


def test_unclaimed_files_are_listed_and_the_others_read(tmp_path: Path) -> None:
    loaded = load(tmp_path, {
        f"{HERE}/users.list.json": {"Users": [user("ann")]}, f"{HERE}/odd.json": [], "x.txt": "", "cloud/y.json": [],
    })  # fmt: skip
    assert [each.path for each in loaded.unclaimed] == [f"{HERE}/odd.json", "cloud/y.json", "x.txt"]
    assert all(each.reason for each in loaded.unclaimed)
    assert ids(loaded.inventory, User) == ["ann"]
    assert codes(loaded.inventory, User) == []


def test_a_damaged_archive_stops_nothing(tmp_path: Path) -> None:
    loaded = load(tmp_path, {
        f"{HERE}/users.list.json": {"Users": [user("ann")]}, f"{HERE}/odd.json.zst": b"rubbish", "odd.json.gz": b"rubbish",
        f"{HERE}/stores.list.json.zst": b"rubbish",
    })  # fmt: skip
    assert ids(loaded.inventory, User) == ["ann"]
    assert codes(loaded.inventory, Store) == ["unreadable"]


def test_the_subject_is_the_bucket_that_the_name_says(tmp_path: Path) -> None:
    loaded = load(tmp_path, {
        f"{HERE}/stores.list.json": {"Stores": [{"id": "data", "name": "data"}, {"id": "data.csv", "name": "data.csv"}]},
        f"{HERE}/stores.get-policy.data.csv.json": {"open": True},
    })  # fmt: skip
    facts_of = told(loaded.inventory, Store)
    assert (facts_of["data"]["public"], facts_of["data.csv"]["public"]) == ("?missing", True)
