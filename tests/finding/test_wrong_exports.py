"""Somebody who exported the wrong thing, or put it into the wrong place, learns what to export and where it belongs."""

from pathlib import Path

import pytest
from exporting import HERE, Store, User, load, texts, user, vendor

from soc2test import Facts, Item, Source, Subject, facts, unpaged
from soc2test.finding.not_an_export import other_text
from soc2test.resources.kinds import Change, Person

hub = Source("hub", scope=("org",), command="hub {operation}", paging=unpaged)


@hub.reads("pulls list", kind=Change, items="", lists=True, subject="repository")
def pulls(item: Item, at: Subject) -> Facts:
    return facts(item["id"], title=item["title"])


@hub.reads("pulls list-reviews", kind=Change, subject=("repository", "number"))
def reviews(body: Item, at: Subject) -> Facts:
    return facts(at["number"], merged=True)


@hub.reads("members list-aliases", kind=Person, items="", lists=True)
def members(item: Item, at: Subject) -> Facts:
    return facts(item["id"], name=item["name"])


UNREAD = {
    "hub/acme/members.list-alias.json": "hub reads no such operation, but members.list-aliases.json; "
    "`soc2test sources hub` lists all",
    "hub/acme/pulls.list-comments.json": "hub reads no such operation, but pulls.list-reviews.<repository>~<number>.json "
    "and pulls.list.<repository>.json; `soc2test sources hub` lists all",
    "hub/acme/members.json": "hub reads no such operation, but members.list-aliases.json; `soc2test sources hub` "
    "lists all",
    "hub/acme/hub-Aliases-export.csv": "hub reads no such operation, but members.list-aliases.json; `soc2test sources "
    "hub` lists all",
    "hub/acme/open-pulls.json": "hub reads no such operation, but pulls.list.<repository>.json and "
    "pulls.list-reviews.<repository>~<number>.json; `soc2test sources hub` lists all",
    "hub/acme/nothing-like-it.json": "hub reads no such operation: a file is named after its call, such as "
    "pulls.list.<repository>.json; `soc2test sources hub` lists all",
    "hub/acme/hub-export.json": "hub reads no such operation: a file is named after its call, such as "
    "pulls.list.<repository>.json; `soc2test sources hub` lists all",
    "hub/acme/all.7z": "is packed in a way that is not read: pack it again as .zip or .tar.gz",
    "all.RAR": "is packed in a way that is not read: pack it again as .zip or .tar.gz",
    "hub/acme/members.list-aliases.xlsx": "is a spreadsheet, of which hub reads none: export the data that it shows, as "
    "JSON",
    "hub/acme/pulls.list.web.xlsx": "is a spreadsheet, of which hub reads none: export the data that it shows, as JSON",
    "hub/acme/~$members.xlsx": "is what Excel keeps while a file is open: save it and close Excel",
    "people.ods": "is a spreadsheet of a format that is not read: save it as Excel Workbook (.xlsx), or as CSV",
    "hub/mfa.png": "is a page or picture for people, which is not read: export the data that it shows, as JSON or CSV",
    "dump.parquet": "is a database or table of a format that is not read: export it as NDJSON or CSV",
    "hub/acme/pulls.list-reviews.web.json": "hub reads no such operation; the file of pulls.list-reviews is named "
    "pulls.list-reviews.<repository>~<number>.json",
    "hub/members.list-aliases.json": "hub reads files in exports/hub/<org>/: put it there",
    "hub/acme/web/members.list-aliases.json": "hub reads files in exports/hub/<org>/: put it there",
    "hub/acme/users.list.json": "hub reads no such operation; by its name it belongs into "
    "exports/cloud/<account>/<region>/",
    "hub/users.list.json": "hub reads files in exports/hub/<org>/; by its name it belongs into "
    "exports/cloud/<account>/<region>/",
    "users.list.json": "lies below no source's folder (cloud, hub) and no plugin claims it; by its name it belongs "
    "into exports/cloud/<account>/<region>/",
    "downloads/pulls.list.web.json.gz": "lies below no source's folder (cloud, hub) and no plugin claims it; by its "
    "name it belongs into exports/hub/<org>/",
    "notes.md": "lies below no source's folder (cloud, hub) and no plugin claims it",
}


@pytest.mark.parametrize("path", UNREAD)
def test_a_file_that_nobody_reads_is_told_its_place(path: str, tmp_path: Path) -> None:
    (entry,) = load(tmp_path, {path: b"[]"}, hub, vendor()).unclaimed
    assert (entry.path, entry.reason) == (path, UNREAD[path])


cards = Source("cards", command="cards/{operation}.csv", paging=unpaged)


@cards.reads("holders", kind=Person, items="entries", lists=True, columns=lambda: ["id"])
def holder(item: Item, at: Subject) -> Facts:
    return facts(item["id"], name=item["name"])


@cards.reads("doors", kind=Change, items="entries", lists=True)
def door(item: Item, at: Subject) -> Facts:
    return facts(item["id"], title=item["title"])


OF_SHEETS = {
    "cards/holders.xls": "is a spreadsheet of a format that is not read: save it as Excel Workbook (.xlsx), or as CSV "
    "(holders.xlsx)",
    "cards/holder-list.xlsx": "cards reads no such operation, but holders.csv; `soc2test sources cards` lists all",
    "cards/doors.xlsx": "cards reads no such operation, but doors.csv; `soc2test sources cards` lists all",
    "holders.xlsx": "lies below no source's folder (cards) and no plugin claims it; by its name it belongs into "
    "exports/cards/",
    "cards/Holders (2).xlsx": "is called nearly as holders.xlsx is, and read by nobody: call it so, or take it away",
    "cards/~$holders.xlsx": "is what Excel keeps while a file is open: save it and close Excel",
}


@pytest.mark.parametrize("path", OF_SHEETS)
def test_where_spreadsheets_are_read_a_wrong_one_is_told_its_name(path: str, tmp_path: Path) -> None:
    (entry,) = load(tmp_path, {path: b"[]"}, cards).unclaimed
    assert (entry.path, entry.reason) == (path, OF_SHEETS[path])


def test_of_many_calls_that_share_a_word_the_two_shortest_lists_are_named(tmp_path: Path) -> None:
    many = Source("many", scope=("org",), command="many {operation}", paging=unpaged)
    for operation, lists in [
        ("owners list-all", True),
        ("find owners", True),
        ("owners", False),
        ("the owners list-all", True),
    ]:
        many.reads(operation, kind=Person, items="", lists=lists)(lambda item, at: facts(item["id"], name=item["name"]))
    (entry,) = load(tmp_path, {"many/acme/People-and-Owners.json": b"[]"}, many).unclaimed
    assert "but find.owners.json and owners.list-all.json; `" in entry.reason


USERS = f"{HERE}/users.list.json"
LIST = "its body should be an object with a list at `Users`, as `cloud users list` prints"
BODIES = {
    '{"SECRET": {"id": "ann"}}': f"{LIST}; this looks like a single item, or another call's output",
    '{"SECRETS": [{"id": "ann"}]}': LIST,
    '[{"id": "SECRET"}]': f"{LIST}; leave out options such as `--query`, `--jq` or `--slurp`",
    "<!DOCTYPE html>\n<html><title>SECRET</title>": "line 1 column 1: is a web page, perhaps one to sign in: sign in, "
    "and export `cloud users list`",
    "Error: SECRET token expired": "holds an error text of a command, no data: see what it says, and export "
    "`cloud users list` again",
    "+------+\n| SECRET |": "is a table for people: export `cloud users list` as JSON",
    "USERS\tSECRET\tb\n": "is a table for people: export `cloud users list` as JSON",
    "2026-11-20 SECRET\n2026-11-20 b\n": "is a text, no JSON: export `cloud users list` as JSON",
    '{"data": {"SECRET": {"nodes": []}}}': f"{LIST}; this looks like the answer to a GraphQL query",
    "": "is empty: the export broke off before it wrote anything; export `cloud users list` again",
    "PK\3\4SECRET": "is a zip file or a spreadsheet under another name: name it .xlsx, or .zip",
    "%PDF-1.7 SECRET": "is a PDF under another name: export the data that it shows",
}


@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_is_no_such_list_is_told_what_the_right_one_is_like(body: str, tmp_path: Path) -> None:
    loaded = load(tmp_path, {USERS: body})
    gaps = texts(loaded.inventory, User)
    assert BODIES[body] in gaps
    assert gaps.endswith(BODIES[body]) or "--output json" in gaps
    assert "SECRET" not in gaps


def test_a_bare_list_that_is_an_object_instead_says_so(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"cloud/012345678901/eu-west-1/users.report.json": {"id": "ann"}})
    assert "its body should be a list, as `cloud users report` prints" in texts(loaded.inventory, User)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<html><body>", "web page"),
        ('<?xml version="1.0"?>\n<!DOCTYPE html>', "web page"),
        ("An error occurred (ValidationError) when calling", "error text"),
        ("\nUnable to locate credentials. You can configure", "error text"),
        ("usage: aws [options] <command>", "error text"),
        ("gh: Not Found (HTTP 404)", "error text"),
        ("ERROR: (gcloud.auth) there was a problem", "error text"),
        ("To get started with GitHub CLI, please run:  gh auth login", "error text"),
        ("bash: aws: command not found", "error text"),
        ("Traceback (most recent call last):", "error text"),
        ("-----------------\n|  ListUsers  |", "table"),
        ("NAME      READY   STATUS\nweb-1     1/1     Running", "table"),
        ("arn:aws:iam::1\t2024\tann", "table"),
        ("hello world", "a text, no JSON"),
        ("2026-01-01 10:00:00 acme-logs", "a text, no JSON"),
        ("\x1f\ufffd\b", "is compressed, and its name does not say so"),
    ],
)
def test_what_commands_print_instead_of_data_is_known(text: str, says: str) -> None:
    assert says in (other_text(text, "a.json", "x y") or "")


@pytest.mark.parametrize("text", ['{"Users": [', "[1, 2", '{"a": 1}\n{"b"', "", '"a\tb" c', "  [1,"])
def test_broken_json_is_taken_for_nothing_else(text: str) -> None:
    assert other_text(text, "a.json", "x y") is None


def test_what_is_wrong_with_a_spreadsheet_is_told_with_its_place() -> None:
    assert other_text("%PDF-1.7", "a.xlsx", "x y") is None


def test_a_script_begins_with_a_name() -> None:
    assert other_text("results = {", "a.js", "x y") is None


def test_a_csv_of_a_console_is_told_which_export_is_read(tmp_path: Path) -> None:
    loaded = load(tmp_path, {f"{HERE}/users.list.csv": "id,name\nSECRET,b\n"})
    assert texts(loaded.inventory, User).endswith(
        "is a CSV, as consoles save them; what `cloud users list` prints is read: export that"
    )


def test_a_web_page_is_no_csv_of_one_column(tmp_path: Path) -> None:
    loaded = load(tmp_path, {f"{HERE}/stores.get-tags.logs.csv": "<html><head>\nSECRET\n"})
    (entry,) = loaded.inventory.exports()
    assert (entry.complete, "is a web page" in (entry.problem or "")) == (False, True)


def test_another_call_s_output_is_asked_about(tmp_path: Path) -> None:
    strict = Source("strict", scope=("org",), command="strict {operation}")

    @strict.reads("report get", kind=Person, lists=True, paging=unpaged)
    def report(body: Item, at: Subject) -> Facts:
        return facts(body["id"], name=body["name"])

    loaded = load(tmp_path, {"strict/one/report.get.json": {"SECRET": 1}}, strict)
    assert "the evidence has no key .id; is it what `strict report get` prints?" in texts(loaded.inventory, Person)


@pytest.mark.parametrize("name", ["all.7z", "cloud/012345678901/all.rar"])
def test_what_an_archive_that_is_not_read_holds_is_lost(name: str, tmp_path: Path) -> None:
    loaded = load(tmp_path, {USERS: {"Users": [user("ann")]}, name: b"7z"})
    assert f"{name}: is packed in a way that is not read" in texts(loaded.inventory, User)
    (tmp_path / name).unlink()
    assert texts(load(tmp_path, {}).inventory, User) == ""


@pytest.mark.parametrize("path", ["a.yaml", "a.yml.gz", "a.csv"])
def test_yaml_and_csv_may_look_like_a_table(path: str) -> None:
    assert other_text("usage:\ta", path, "x y") is None


def test_a_list_that_is_missing_further_down_is_named_by_its_place(tmp_path: Path) -> None:
    deep = Source("deep", scope=("org",), paging=unpaged)

    @deep.reads("list all", kind=Person, items="Groups[].Members[]", lists=True)
    def one(item: Item, at: Subject) -> Facts:
        return facts(item["id"], name=item["name"])

    loaded = load(tmp_path, {"deep/one/list.all.json": {"Groups": [{"Members": []}, {"Members": 1}]}}, deep)
    assert "has no list at Groups[1].Members: its body should be an object with a list at `Groups[].Members[]`" in (
        texts(loaded.inventory, Person)
    )


def test_a_vendor_s_own_error_text_stays_what_the_source_calls_it(tmp_path: Path) -> None:
    loaded = load(tmp_path, {USERS: {"fault": "Denied"}})
    assert "was denied (Denied)" in texts(loaded.inventory, User)


def test_what_a_manifest_names_otherwise_is_told_as_that(tmp_path: Path) -> None:
    note = f'files: {{{USERS}: {{sha256: "{"0" * 64}"}}}}\n'
    loaded = load(tmp_path, {USERS: {"Users": [user("ann")]}, "manifest.yaml": note})
    assert "is not the file that the manifest names" in texts(loaded.inventory, User)
    assert [each.ties_out for each in loaded.inventory.exports()] == [False]
    assert Store.__name__ not in texts(loaded.inventory, User)
