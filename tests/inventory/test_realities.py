"""The 21 awkward realities of real exports, each end to end: what is right is read, what is wrong is a named gap."""

import base64
import gzip
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from exporting import DAY, HERE, NOW, Store, User, codes, ids, load, texts, told, user
from programmes import Programme

from soc2test import (
    AccountEvent,
    DataStore,
    Facts,
    Item,
    Person,
    Population,
    Source,
    Subject,
    UnknownFact,
    embedded_json,
    embedded_text,
    facts,
    unpaged,
    yes_or_no,
)
from soc2test.errors import ProgrammeError
from soc2test.programme.programme import check_sources, load_programme
from soc2test.resources.kinds import DeclaredScope, Identity, Vulnerability
from soc2test.testing import resource
from soc2test_plugins.aws.hooks import soc2_sources as aws_sources
from soc2test_plugins.kubernetes.hooks import soc2_sources as kubernetes_sources
from soc2test_plugins.okta.hooks import soc2_sources as okta_sources
from soc2test_policies.cc6.leavers import test_leavers_lose_access_in_time as leavers

USERS, STORES, US = f"{HERE}/users.list.json", f"{HERE}/stores.list.json", "cloud/012345678901/us-east-1"
AWS = "aws/012345678901/eu-west-1"


(aws,) = aws_sources()


def users(*names: str, **more: Any) -> dict[str, Any]:
    return {"Users": [user(name) for name in names], **more}


def stores(*names: str, **more: Any) -> dict[str, Any]:
    return {"Stores": [{"id": name, "name": name} for name in names], **more}


def read(tmp_path: Path, value: Any, body: str = "") -> Any:
    """One fact of one item as the vendor wrote it; "?code" where it is unknown."""
    one = Source("one", paging=unpaged)

    @one.reads("items", kind=Identity, items="", lists=True)
    def item(item: Item, at: Subject) -> Facts:
        return facts("a", name=item["name"], active=item["active"], disabled_at=item.time("when"))

    whole = body or json.dumps([{"name": value, "active": value, "when": value}])
    return told(load(tmp_path, {"one/items.json": whole}, one).inventory, Identity)["a"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-11-20T08:00:00Z", "2026-11-20 08"), ("2026-11-20T08:00:00.123456789+00:00", "2026-11-20 08"),
        ("2026-11-20T10:00:00+02:00", "2026-11-20 08"), ("2026-11-20T08:00:00+0000", "2026-11-20 08"),
        (1763625600, "2025-11-20 08"), (1763625600000, "2025-11-20 08"), ("1763625600", "2025-11-20 08"),
        ("/Date(1763625600000)/", "2025-11-20 08"), ("Tue Sep 11 16:14:21 2018 UTC", "2018-09-11 16"),
        ("4/1/2025 6:42:09 PM", "2025-04-01 18"), ("2026-11-20", "2026-11-20 00"), ("", "None"), ("N/A", "None"),
        ("no_information", "None"), ("not_supported", "None"), ("0001-01-01T00:00:00Z", "None"),
        ("soon", "?"), (True, "?"), (1e30, "?"), ("2026-13-01", "?"),
    ],
)  # fmt: skip
def test_01_times_are_utc_never_or_unknown(written: Any, said: str, tmp_path: Path) -> None:
    one = Source("one", paging=unpaged)

    @one.reads("items", kind=Identity, items="", lists=True)
    def item(item: Item, at: Subject) -> Facts:
        return facts("a", disabled_at=item.time("when"))

    loaded = load(tmp_path, {"one/items.json": [{"when": written}]}, one)
    found = told(loaded.inventory, Identity)
    if said == "?":
        assert not found or found["a"]["disabled_at"] != written
        assert codes(loaded.inventory, Identity) == ["unreadable"]
        assert "is no time" in texts(loaded.inventory, Identity)
    else:
        assert str(found["a"]["disabled_at"]).startswith(said)


BUCKETS = {"Buckets": [{"Name": "logs"}]}


@pytest.mark.parametrize("more", [{}, {"ResponseMetadata": {"HTTPStatusCode": 200}}, {"Owner": {"ID": "x"}}])
def test_02_dialects_of_one_call_tell_the_same(more: dict[str, Any], tmp_path: Path) -> None:
    loaded = load(tmp_path, {f"{AWS}/s3api.list-buckets.json": BUCKETS | more}, aws)
    assert ids(loaded.inventory, DataStore) == ["arn:aws:s3:::logs"]
    other = load(tmp_path / "b", {f"{AWS}/s3api.list-buckets.json": {"buckets_": []}}, aws)
    assert "unreadable" in codes(other.inventory, DataStore)


POLICY = {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}}


@pytest.mark.parametrize(
    "text", [json.dumps(POLICY), json.dumps(json.dumps(POLICY)), "%7B%22Statement%22%3A%7B%7D%7D", POLICY]
)
def test_03_json_in_strings_is_decoded_once_for_all_plugins(text: Any) -> None:
    assert "Statement" in embedded_json(text)


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', "{", "canary", '{"a": NaN}', "\ud800"])
def test_03_what_is_no_json_in_a_string_is_unknown_and_not_quoted(text: str) -> None:
    with pytest.raises(UnknownFact, match="policy is not JSON") as caught:
        embedded_json(text, "policy")
    assert "canary" not in str(caught.value)


def test_04_base64_and_plain_text_are_one_report() -> None:
    report = "user,arn\n<root_account>,x\n"
    coded = base64.b64encode(report.encode()).decode()
    wrapped = "\n".join(coded[at : at + 8] for at in range(0, len(coded), 8))
    assert {embedded_text(each, "user,") for each in (report, coded, wrapped, "\ufeff" + report)} == {report}
    with pytest.raises(UnknownFact, match="neither base64 nor text"):
        embedded_text("canary!", "user,")


def test_05_empty_output_is_an_answer_only_where_the_vendor_says_so(tmp_path: Path) -> None:
    files = {STORES: stores("a"), f"{HERE}/stores.get-policy.a.json": "", USERS: ""}
    loaded = load(tmp_path, files)
    assert told(loaded.inventory, Store)["a"]["public"] is False
    assert codes(loaded.inventory, User) == ["empty"]
    assert "broke off" in texts(loaded.inventory, User)


@pytest.mark.parametrize(("code", "said"), [("NoPolicy", False), ("Denied", "?denied"), ("Throttling", "?failed")])
def test_06_errors_are_evidence(code: str, said: Any, tmp_path: Path) -> None:
    policy = f"{HERE}/stores.get-policy.a.json"
    loaded = load(tmp_path, {STORES: stores("a"), policy: {"fault": code}})
    assert told(loaded.inventory, Store)["a"]["public"] == said
    (member,) = loaded.inventory.members(Store)
    if code == "Denied":
        with pytest.raises(
            UnknownFact, match="let the exporting identity call it, and export `cloud stores get-policy`"
        ):
            getattr(member, "public")  # noqa: B009  # the kind is not known to mypy


def test_07_absent_null_false_and_not_requested_differ(tmp_path: Path) -> None:
    rows = [user("a", mfa=False), user("b", mfa=None), {k: v for k, v in user("c").items() if k != "mfa"}]
    found = told(load(tmp_path, {USERS: {"Users": rows}}).inventory, User)
    assert [found[id]["mfa"] for id in "abc"] == [False, "?type", "?unknown_fact"]
    assert found["a"]["admin"] == "?unknown_fact"  # nothing tells it


def test_08_the_subject_comes_from_path_or_record(tmp_path: Path) -> None:
    files = {STORES: stores("a.b/c"), f"{HERE}/stores.get-policy.a.b%2Fc.json": {"open": True}}
    assert told(load(tmp_path, files).inventory, Store)["a.b/c"]["public"] is True
    nameless = load(tmp_path / "b", {STORES: stores("a"), f"{HERE}/stores.get-policy.json": {"open": False}})
    assert told(nameless.inventory, Store)["a"]["public"] == "?missing"
    (member,) = nameless.inventory.members(Store)
    with pytest.raises(UnknownFact, match="export `cloud stores get-policy`"):
        getattr(member, "public")  # noqa: B009  # likewise


@pytest.mark.parametrize(
    "left",
    [
        {"NextToken": "x"}, {"nextPageToken": "x"}, {"@odata.nextLink": "x"}, {"nextLink": "x"}, {"IsTruncated": True},
        {"IsTruncated": "true"}, {"has_more": True, "last_id": "x"}, {"more": True, "offset": 0}, {"next_page_token": "x"},
        {"response_metadata": {"next_cursor": "x"}}, {"pageInfo": {"hasNextPage": True}}, {"isLast": False},
        {"links": {"next": "https://x"}}, {"NextContinuationToken": "x"},
    ],
    ids=lambda left: next(iter(left)),
)  # fmt: skip
def test_09_a_token_left_unfollowed_is_a_gap_that_names_the_command(left: dict[str, Any], tmp_path: Path) -> None:
    loaded = load(tmp_path, {USERS: users("a", **left)})
    assert codes(loaded.inventory, User) == ["partial"]
    assert "export all pages of `cloud users list`" in texts(loaded.inventory, User)


@pytest.mark.parametrize(
    "end", [{"NextToken": None}, {"IsTruncated": False}, {"IsTruncated": "false"}, {"more": False}, {"isLast": True},
            {"links": {"next": None}}, {"pageInfo": {"hasNextPage": False}}],
)  # fmt: skip
def test_09_the_last_page_is_the_last(end: dict[str, Any], tmp_path: Path) -> None:
    assert codes(load(tmp_path, {USERS: users("a", **end)}).inventory, User) == []


def test_09_pages_are_merged_without_doubling(tmp_path: Path) -> None:
    pages = {
        f"{HERE}/users.list.page1.json": users("a", "b", NextToken="x"),
        f"{HERE}/users.list.page2.json": users("b", "c"),
    }
    loaded = load(tmp_path, pages)
    assert (ids(loaded.inventory, User), codes(loaded.inventory, User)) == (["a", "b", "c"], [])


@pytest.mark.parametrize("count", [199, 200, 201])
def test_09_exactly_one_full_page_may_be_cut(count: int, tmp_path: Path) -> None:
    (okta,) = okta_sources()
    rows = [
        {
            "id": f"00u{n}",
            "status": "ACTIVE" if n else "DEPROVISIONED",
            "profile": {"login": f"{n}@a.example", "email": f"{n}@a.example"},
        }
        for n in range(count)
    ]
    loaded = load(tmp_path, {"okta/acme/listUsers.json": rows}, okta)
    assert ("partial" in codes(loaded.inventory, Identity)) is (count == 200)


@pytest.mark.parametrize("encode", [
    lambda text: text.encode("utf-16"), lambda text: b"\xef\xbb\xbf" + text.encode(),
    lambda text: text.replace("{", "\r\n{").encode(),
])  # fmt: skip
def test_10_encodings(encode: Any, tmp_path: Path) -> None:
    assert ids(load(tmp_path, {USERS: encode(json.dumps(users("a")))}).inventory, User) == ["a"]
    loaded = load(tmp_path / "b", {USERS: json.dumps(users("a")).encode("utf-16-le")})
    assert "save as UTF-8" in texts(loaded.inventory, User)


ROWS = [{"id": id, "name": id, "active": True} for id in "ab"]


@pytest.mark.parametrize(("suffix", "body"), [
    ("json", json.dumps(ROWS)), ("ndjson", "\n".join(map(json.dumps, ROWS))), ("json", "\n".join(json.dumps([r]) for r in ROWS)),
    ("js", f"report_results =\n{json.dumps(ROWS)};\n"), ("yaml", json.dumps(ROWS)), ("json.gz", gzip.compress(json.dumps(ROWS).encode(), mtime=0)),
])  # fmt: skip
def test_11_containers(suffix: str, body: Any, tmp_path: Path) -> None:
    loaded = load(tmp_path, {f"{HERE}/users.report.{suffix}": body})
    assert (ids(loaded.inventory, User), codes(loaded.inventory, User)) == (["a", "b"], [])


@pytest.mark.parametrize("body", ["alert(1); x = [{}];", "x = [1,", "x = y"])
def test_11_a_script_that_does_more_is_no_data(body: str, tmp_path: Path) -> None:
    assert codes(load(tmp_path, {f"{HERE}/users.report.js": body}).inventory, User) == ["unreadable"]


NAMESPACES = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n"


def test_11_documents_of_one_yaml_file_are_read_only_where_the_source_says_so(tmp_path: Path) -> None:
    manifests = {source.name: source for source in kubernetes_sources()}["kubernetes-manifests"]
    loaded = load(tmp_path, {"kubernetes-manifests/prod/manifests.yaml": NAMESPACES}, manifests)
    assert [each.complete for each in loaded.inventory.entries()] == [True]
    assert loaded.inventory.kinds()["KubernetesNamespace"] == 2
    other = load(tmp_path / "b", {f"{HERE}/users.report.yaml": "- id: a\n---\n- id: b\n"})
    assert "line 2: a second document" in texts(other.inventory, User)


@pytest.mark.parametrize(("cell", "said"), [
    ("true", True), ("TRUE", True), ("Y", True), ("Yes", True), ("1", True), ("no", False), ("", None), ("maybe", None),
])  # fmt: skip
def test_12_words_of_csv_cells(cell: str, said: bool | None) -> None:
    assert yes_or_no(cell) is said


@pytest.mark.parametrize(("body", "gap"), [
    ("id;name\na;x\nb;y\n", None), ('id,name\na,"x\ny"\nb,y\n', None), ("id,name\na\n", "line 2"), ("", "empty"),
])  # fmt: skip
def test_12_csv_is_never_guessed_cut_or_filled(body: str, gap: str | None, tmp_path: Path) -> None:
    table = Source("table", paging=unpaged)

    @table.reads("rows", kind=Identity, items="entries", lists=True)
    def row(item: Item, at: Subject) -> Facts:
        return facts(item["id"], name=item["name"])

    loaded = load(tmp_path, {"table/rows.csv": body}, table)
    assert (ids(loaded.inventory, Identity) == ["a", "b"]) is (gap is None)
    assert (gap or "") in texts(loaded.inventory, Identity)
    assert bool(gap) is bool(codes(loaded.inventory, Identity))


@pytest.mark.parametrize("value", ["{{ x }}", "web-{{ .Values.env }}", "${{ secrets.X }}", "{% if a %}b{% endif %}"])
def test_13_templates_are_unknown(value: str, tmp_path: Path) -> None:
    found = read(tmp_path, value)
    assert [found[fact] for fact in ("name", "active", "disabled_at")] == ["?unknown_fact"] * 3


def test_13_a_text_that_quotes_a_template_is_a_text(tmp_path: Path) -> None:
    body = json.dumps([{"name": "Fix {{ x }} in the chart", "active": True, "when": None}])
    assert read(tmp_path, "", body)["name"] == "Fix {{ x }} in the chart"


def test_13_invalid_json_of_a_vendors_page_is_refused_with_its_place(tmp_path: Path) -> None:
    loaded = load(tmp_path, {USERS: '{"Users": [\n  {"id": "canary", ...}\n]}'})
    assert "line 2 column" in texts(loaded.inventory, User)
    assert "canary" not in texts(loaded.inventory, User)


@pytest.mark.parametrize("written", ["leo@acme.example", "LEO@Acme.example", " leo@acme.example "])
@pytest.mark.parametrize("fact", ["email", "name"])
def test_14_a_leavers_account_is_found_by_address_and_by_login(fact: str, written: str) -> None:
    other = {"email": "leo.left@acme.example", "name": "leo-left"} | {fact: written}
    assert _leaver(**other) == "deviates"


@pytest.mark.parametrize(("accounts", "name", "verdict"), [
    (("okta:leo",), "leo", "deviates"), (("okta:leo",), "Leo", "unknown"), (("okta:leo",), "\uff4ceo", "unknown"),
    (("github:leo",), "Leo", "in no list"), (("okta:le",), "leo", "in no list"), ((), "leo+aws@acme.example", "none is told"),
])  # fmt: skip
def test_14_a_login_that_only_looks_like_the_registers_is_no_certain_miss(
    accounts: tuple[str, ...], name: str, verdict: str
) -> None:
    assert _leaver(accounts, email=None, name=name) == verdict


def _leaver(accounts: tuple[str, ...] = (), /, **told: Any) -> str:
    """What the shipped control says of a leaver whose one account is still on."""
    gone = resource(Person, "leo", email="leo@acme.example", active=False, ended_at=NOW - 9 * DAY, accounts=accounts)
    account = resource(Identity, "1", source="okta", active=True, human=True, **told)
    limits = SimpleNamespace(removal_hours=24)
    try:
        leavers(
            gone, Population(Identity, [account]), Population(Person, [gone]), Population(AccountEvent, []), limits, NOW
        )
    except AssertionError:
        return "deviates"
    except UnknownFact as unknown:
        if unknown.reason.startswith("no list"):
            return "none is told" if unknown.reason.startswith("no list and no log tells") else "in no list"
        assert "write it as okta does" in unknown.reason
        return "unknown"
    return "passes"


def test_14_account_ids_keep_their_zeros_or_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "soc2.yaml"
    for account, fine in (("012345678901", True), ("12345678901", False), ("'12345678901'", False)):
        file.write_text(f"system: x\nsources: {{aws: {{accounts: [{account}], regions: [eu-west-1]}}}}\n")
        if fine:
            assert check_sources(load_programme(file), {"aws": aws})["aws"]["account"] == ("012345678901",)
        else:
            with pytest.raises(ProgrammeError):
                check_sources(load_programme(file), {"aws": aws})
    declared = {"aws": {"account": ["012345678901"], "region": ["eu-west-1"]}}
    files = {"aws/12345678901/eu-west-1/s3api.list-buckets.json": BUCKETS}
    loaded = load(tmp_path / "e", files, aws, declared=declared)
    assert "without its zeros" in texts(loaded.inventory, DataStore)
    assert ids(loaded.inventory, DataStore) == []
    assert "without its zeros" in repr(loaded.unclaimed)


def test_15_a_declared_region_without_export_is_missed_and_global_services_are_not_doubled(tmp_path: Path) -> None:
    declared = {"cloud": {"account": ["012345678901"], "region": ["eu-west-1", "us-east-1"]}}
    files = {USERS: users("a"), f"{US}/users.list.json": users("a"), STORES: stores("s")}
    loaded = load(tmp_path, files, declared=declared)
    assert (ids(loaded.inventory, User), codes(loaded.inventory, User)) == (["a"], [])
    assert texts(loaded.inventory, Store) == (
        "export `cloud stores list` as exports/cloud/012345678901/us-east-1/stores.list.json "
        "for account 012345678901, region us-east-1"
    )
    assert len(ids(loaded.inventory, DeclaredScope)) == 3


def test_16_two_exports_that_disagree_at_one_time_are_unknown(tmp_path: Path) -> None:
    loaded = load(tmp_path, {USERS: users("a"), f"{US}/users.list.json": {"Users": [user("a", mfa=False)]}})
    assert told(loaded.inventory, User)["a"]["mfa"] == "?conflict"


@pytest.mark.parametrize(("state", "open_"), [("open", True), ("dismissed", False), ("fixed", False)])
def test_16_dismissed_findings_are_not_open(state: str, open_: bool, tmp_path: Path) -> None:
    from soc2test_plugins.github.hooks import soc2_sources

    (github,) = soc2_sources()
    alert = {
        "number": 1,
        "state": state,
        "repository": {"full_name": "acme/web", "name": "web"},
        "created_at": "2026-11-01T00:00:00Z",
    }
    loaded = load(tmp_path, {"github/acme/dependabot.list-alerts-for-org.json": [alert]}, github)
    assert [each["state"] == "open" for each in told(loaded.inventory, Vulnerability).values()] == [open_]


def test_17_no_gap_quotes_a_secret(tmp_path: Path) -> None:
    loaded = load(tmp_path, {USERS: {"Users": [{"id": "a", "mfa": "canary-secret", "name": {"canary-secret": 1}}]}})
    (member,) = loaded.inventory.members(User)
    for fact in ("mfa", "name"):
        with pytest.raises(UnknownFact) as caught:
            getattr(member, fact)
        assert "canary-secret" not in str(caught.value)


def test_18_what_a_plan_knows_only_after_apply_is_unknown(tmp_path: Path) -> None:
    from soc2test_plugins.terraform.hooks import soc2_sources

    change = {
        "actions": ["create"],
        "before": None,
        "after": {"name": "db"},
        "after_unknown": {"id": True, "storage_encrypted": True},
    }
    plan = {
        "format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {"root_module": {}}, "resource_changes": [
            {"address": "aws_db_instance.db", "mode": "managed", "type": "aws_db_instance", "name": "db",
             "provider_name": "registry.terraform.io/hashicorp/aws", "change": change},
            {"address": "data.aws_db_instance.x", "mode": "data", "type": "aws_db_instance", "name": "x",
             "provider_name": "registry.terraform.io/hashicorp/aws", "change": change},
        ],
        "configuration": {"root_module": {}},
    }  # fmt: skip
    (terraform,) = soc2_sources()
    operation = next(iter(terraform.operations.values())).prefix
    scope = "/".join("one" for _ in terraform.scope)
    loaded = load(tmp_path, {f"{terraform.name}/{scope}/{operation}.json".replace("//", "/"): plan}, terraform)
    found = told(loaded.inventory, DataStore)
    assert [each["encrypted"] for each in found.values()] == ["?unknown_fact"]


def test_19_big_integers_stay_exact_and_duplicate_keys_are_refused(tmp_path: Path) -> None:
    big = Source("big", paging=unpaged)

    @big.reads("items", kind=Identity, items="", lists=True)
    def item(item: Item, at: Subject) -> Facts:
        return facts(str(item["id"]), name=str(item["id"]))

    rows = f'[{{"id": {2**53}}}, {{"id": {2**53 + 1}}}, {{"id": {2**70}}}]'
    loaded = load(tmp_path, {"big/items.json": rows}, big)
    assert ids(loaded.inventory, Identity) == sorted(map(str, (2**53, 2**53 + 1, 2**70)))
    twice = load(tmp_path / "b", {USERS: '{"Users": [{"id": "a", "mfa": false, "mfa": true}]}'})
    assert codes(twice.inventory, User) == ["unreadable"]


def test_20_yaml_scalars_are_what_they_look_like(tmp_path: Path) -> None:
    body = "- {id: '1', name: no, active: true}\n- {id: '2', name: 012345678901, active: on}\n- {id: '3', name: 22:22, active: false}\n"
    found = told(load(tmp_path, {f"{HERE}/users.report.yaml": body}).inventory, User)
    assert [found[id]["name"] for id in "123"] == ["no", "012345678901", "22:22"]
    assert [found[id]["active"] for id in "123"] == [True, "?type", False]


@pytest.mark.parametrize(("days", "code", "way"), [
    (8, "stale", "export it again"), (-2, "future", "is dated"), (None, "undated", "put collected_at into exports/manifest.yaml"), (1, "", ""),
])  # fmt: skip
def test_21_age(days: int | None, code: str, way: str, tmp_path: Path) -> None:
    manifest = {} if days is None else {"manifest.yaml": f"collected_at: {(NOW - days * DAY).isoformat()}\n"}
    loaded = load(tmp_path, {USERS: users("a"), **manifest}, given=None)
    assert codes(loaded.inventory, User) == ([code] if code else [])
    assert way in texts(loaded.inventory, User)


@pytest.mark.each(3)
@pytest.mark.parametrize(("body", "as_of", "way"), [
    ({"things": [{"id": "a", "good": True}], "next": "x"}, "2026-11-20T12:00:00Z", "export all pages of `things things list --org one`"),
    (None, "2026-11-20T12:00:00Z", "export `things things list --org one` as exports/things/one/things.list.json for org one"),
    ({"things": [{"id": "a", "good": True}]}, None, "put collected_at into exports/manifest.yaml"),
    ({"things": [{"id": "a", "good": "{{ good }}"}]}, "2026-11-20T12:00:00Z", "export what it renders to"),
])  # fmt: skip
def test_every_one_of_them_is_not_evaluated_with_the_way_out(
    body: Any, as_of: str | None, way: str, programme: Programme
) -> None:
    if body is not None:
        programme.write("exports/things/one/things.list.json", json.dumps(body))
    programme.policy(
        '@control("T-1", criteria=["CC6.1"], nature="state")\ndef test_it(thing: Thing):\n    """Good."""\n    assert thing.good\n'
    )
    result = programme.run(as_of=as_of)
    assert result.ret != 0
    assert programme.verdict("T-1") == "not_evaluated"
    assert way in json.dumps(programme.control("T-1"))
