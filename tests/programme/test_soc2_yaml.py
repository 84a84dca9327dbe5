"""soc2.yaml: what it says, and each mistake with its line, its key and what is allowed."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from soc2test import Collecting, Identity, Source, control
from soc2test.controls.control import Control, control_of
from soc2test.errors import ProgrammeError
from soc2test.evidence.read_limits import ReadLimits
from soc2test.programme.limit_values import check_controls
from soc2test.programme.programme import Config, check_sources, load_programme

WHOLE = """\
system: Acme
categories: [availability, security]
exports: evidence
sources:
  aws:
    accounts: ["012345678901", 123456789012]
    max_age: 36h
  okta:
  registers: {max_age: 90d}
limits:
  IAM-01: {days: 30, names: [a, b]}
not_applicable:
  IAM-02:
    replaced_by: [IAM-01]
    reason: tested there
    owner: ada
    approver: grace
    since: 2026-01-02
    review_by: 2027-01-01
reading: {document_mib: 64, files: 10}
"""


def programme(root: Path, text: str) -> Config:
    (root / "soc2.yaml").write_text(text)
    return load_programme(root / "soc2.yaml")


def wrong(root: Path, text: str) -> ProgrammeError:
    with pytest.raises(ProgrammeError) as caught:
        programme(root, text)
    return caught.value


def test_the_least_is_a_system(tmp_path: Path) -> None:
    config = programme(tmp_path, "system: Acme\n")
    assert (config.system, config.categories, config.exports, config.root) == (
        "Acme",
        ("security",),
        Path("exports"),
        tmp_path,
    )
    assert (config.sources, config.max_age, config.limits, config.refused, config.files) == ({}, {}, {}, (), {})
    assert not config.exceptions
    assert config.reading == ReadLimits()
    assert config.digest == sha256(b"system: Acme\n").hexdigest()


def test_all_of_it(tmp_path: Path) -> None:
    config = programme(tmp_path, WHOLE.replace("123456789012", '"123456789012"'))
    assert config.categories == ("security", "availability")
    assert config.exports == Path("evidence")
    assert config.sources == {"aws": {"accounts": ("012345678901", "123456789012")}, "okta": {}, "registers": {}}
    assert config.max_age == {"aws": timedelta(hours=36), "registers": timedelta(days=90)}
    assert config.limits == {"IAM-01": {"days": 30, "names": ["a", "b"]}}
    assert config.reading == ReadLimits(document_mib=64, files=10)
    assert config.exceptions.scope_outs["IAM-02"].replaced_by == ("IAM-01",)
    assert config.refused == ()


WRONG: list[tuple[str, int | None, str, str]] = [
    ("", None, "", "is empty"),
    ("# only a comment\n", None, "", "is empty"),
    ("- a\n", 1, "", "must be object"),
    ("sources: {}\n", 1, "", "needs the key system"),
    ("system: ''\n", 1, "system", "minLength 1"),
    ("system: 5\n", 1, "system", "must be string"),
    ("system: A\nsytem: B\n", 2, "sytem", "an unknown key; allowed are categories, exports"),
    ("system: A\nsystem: B\n", 2, "system", "a key stands twice"),
    ("system: A\ncategories: [securty]\n", 2, "categories[0]", "must be one of security, availability"),
    ("system: A\ncategories: [privacy, privacy]\n", 2, "categories", "must not hold one entry twice"),
    ("system: A\nsources: [aws]\n", 2, "sources", "must be object"),
    ("system: A\nsources:\n  aws:\n    accounts: 12\n", 4, "sources.aws.accounts", "must be array"),
    ("system: A\nsources:\n  aws:\n    accounts: []\n", 4, "sources.aws.accounts", "minItems 1"),
    ("system: A\nsources:\n  aws:\n    accounts:\n      - '1'\n      - 12\n", 6, "sources.aws.accounts[1]", "must be string"),
    ("system: A\nsources:\n  aws:\n    max_age: 7\n", 4, "sources.aws.max_age", "must be string"),
    ("system: A\nsources:\n  aws:\n    max_age: 7w\n", 4, "sources.aws.max_age", "must match"),
    ("system: A\nsources:\n  aws:\n    max_age: 0d\n", 4, "sources.aws.max_age", "must match"),
    ('system: A\nsources:\n  aws:\n    max_age: "7d\\n"\n', 4, "sources.aws.max_age", ""),
    ("system: A\nsources:\n  aws:\n    max_age: 99999999999d\n", 4, "sources.aws.max_age", ""),
    ("system: A\nsources:\n  aws:\n    accounts: {}\n", 4, "sources.aws.accounts", "minProperties 1"),
    ("system: A\nsources:\n  aws:\n    accounts:\n      '1': audit\n", 5, "sources.aws.accounts.1", "must be object or null"),
    ("system: A\nsources:\n  aws:\n    accounts:\n      '1': {profil: a}\n", 5, "sources.aws.accounts.1.profil", "an unknown key; allowed are profile"),
    ("system: A\nsources:\n  aws:\n    accounts:\n      '1': {profile: 7}\n", 5, "sources.aws.accounts.1.profile", "must be string"),
    ("system: A\nsources:\n  aws:\n    accounts:\n      '1': {profile: ' a'}\n", 5, "sources.aws.accounts.1.profile", "must match"),
    ("system: A\nlimits:\n  IAM-01: 3\n", 3, "limits.IAM-01", "must be object"),
    ("system: A\nreading: {document_mib: 0}\n", 2, "reading.document_mib", "minimum 1"),
    ("system: A\nreading: {yaml_depth: 501}\n", 2, "reading.yaml_depth", "maximum 500"),
    ("system: A\nreading: {json_depth: 201}\n", 2, "reading.json_depth", "maximum 200"),
    ("system: A\nreading: {entries: 0}\n", 2, "reading.entries", "minimum 1"),
    ("system: A\nreading: {megabytes: 3}\n", 2, "reading.megabytes", "an unknown key; allowed are document_mib, entries, files, json_depth, ratio, yaml_depth"),
    ("system: A\n\tx: 1\n", 2, "", "invalid YAML"),
    ("system: &a A\n", 1, "system", "anchors and aliases"),
    ("system: !!str A\n", 1, "system", "tags are not read"),
    ("system: A\n---\nsystem: B\n", 2, "", "a second document"),
    ("system: A\nexports: ''\n", 2, "exports", "minLength 1"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "key", "says"), WRONG, ids=[text.replace("\n", " ")[:50] for text, *_ in WRONG]
)
def test_a_mistake_is_named_with_line_key_and_what_is_allowed(
    text: str, line: int | None, key: str, says: str, tmp_path: Path
) -> None:
    error = wrong(tmp_path, text)
    assert (error.file, error.line, error.key) == ("soc2.yaml", line, key)
    assert says in error.text
    assert str(error).startswith(f"soc2.yaml:{line}: " if line else "soc2.yaml: ")


def test_a_programme_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError, match="run `soc2test init` there"):
        load_programme(tmp_path / "soc2.yaml")
    (tmp_path / "soc2.yaml").mkdir()
    with pytest.raises(ProgrammeError, match="can't be read"):
        load_programme(tmp_path / "soc2.yaml")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "soc2.yaml").write_bytes(b"system: \xe9\n")
    with pytest.raises(ProgrammeError, match="is not UTF-8"):
        load_programme(tmp_path / "soc2.yaml")


# against what is loaded

SOURCES = {"aws": Source("aws", scope=("account", "region")), "okta": Source("okta", scope=("org",))}


def test_declared_scopes_are_told_by_level(tmp_path: Path) -> None:
    config = programme(tmp_path, "system: A\nsources:\n  aws: {accounts: ['1'], regions: [a, b], max_age: 1d}\n")
    assert check_sources(config, SOURCES) == {"aws": {"account": ("1",), "region": ("a", "b")}}


def test_a_level_that_is_not_declared_would_not_be_missed(tmp_path: Path) -> None:
    config = programme(tmp_path, "system: A\nsources:\n  aws: {accounts: ['1']}\n")
    with pytest.raises(ProgrammeError, match=r"soc2.yaml:3: sources.aws: needs regions"):
        check_sources(config, SOURCES)


@pytest.mark.parametrize("exports", ["/etc", "../other", "a/../../b"])
def test_exports_lie_below_the_programme(tmp_path: Path, exports: str) -> None:
    with pytest.raises(ProgrammeError, match=r"soc2.yaml:2: exports: must be a folder below this file"):
        programme(tmp_path, f"system: A\nexports: {exports}\n")


@pytest.mark.parametrize(
    ("text", "line", "key", "says"),
    [
        ("  asw: {accounts: ['1']}\n", 3, "sources.asw", "no loaded plugin has this source; did you mean 'aws'?"),
        (
            "  aws:\n    account: ['1']\n",
            4,
            "sources.aws.account",
            "aws has no such scope; allowed are accounts, regions, max_age",
        ),
        (
            "  okta:\n    accounts: ['1']\n",
            4,
            "sources.okta.accounts",
            "okta has no such scope; allowed are orgs, max_age",
        ),
    ],
)
def test_a_source_or_scope_that_does_not_exist_is_refused(
    text: str, line: int, key: str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(ProgrammeError) as caught:
        check_sources(programme(tmp_path, f"system: A\nsources:\n{text}"), SOURCES)
    assert (caught.value.line, caught.value.key, caught.value.text) == (line, key, says)


PROFILED = {**SOURCES, "aws": Source("aws", scope=("account", "region"), collecting=Collecting(profile="-p {profile}"))}


def test_values_of_a_level_may_have_options(tmp_path: Path) -> None:
    text = "system: A\nsources:\n  aws:\n    accounts: {'01': {profile: audit}, '02': }\n    regions: {a: , b: {}}\n"
    config = programme(tmp_path, text)
    assert check_sources(config, PROFILED) == {"aws": {"account": ("01", "02"), "region": ("a", "b")}}
    assert config.options["aws"]["accounts"] == {"01": {"profile": "audit"}, "02": {}}


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        ("  okta: {orgs: {a: {profile: x}}}\n", "sources.okta.orgs.a.profile", "the tools of okta take no profile"),
        (
            "  aws: {accounts: ['1'], regions: {a: {profile: x}}}\n",
            "sources.aws.regions.a.profile",
            "a profile stands with accounts, not with regions",
        ),
    ],
)
def test_a_profile_that_nothing_uses_is_refused(text: str, key: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError) as caught:
        check_sources(programme(tmp_path, f"system: A\nsources:\n{text}"), PROFILED)
    assert (caught.value.key, caught.value.text) == (key, says)


LEAST: dict[str, float] = {"many": 1}
WORDS = {"known": ("b", "c"), "tls": ("c", "d")}


def made(id: str, *criteria: str, **limits: Any) -> Control:
    def test_it(identity: Identity) -> None:
        """It holds."""

    least = {name: each for name, each in LEAST.items() if name in limits}
    words = {name: each for name, each in WORDS.items() if name in limits}
    spec = control_of(control(id, criteria=criteria, nature="state", limits=limits, least=least, words=words)(test_it))
    assert spec is not None
    return spec


CONTROLS = [
    made("IAM-01", "CC6.1", days=30, share=0.5, strict=True, names=("a",), word="x", none=(), delta=-3, many=2, known=("b",), tls="c"),
    made("IAM-02", "CC6.1", "A1.1"),
    made("BCK-01", "A1.2"),
]  # fmt: skip


@pytest.mark.parametrize(
    "limits",
    [
        "{days: 5}",
        "{days: 1.5}",
        "{share: 1}",
        "{strict: false}",
        "{names: [b, c]}",
        "{none: []}",
        "{none: [x]}",
        "{word: y}",
        "{days: 0}",
        "{delta: -1}",
        "{many: 1}",
        "{known: [c]}",
        "{tls: d}",
    ],
)
def test_limits_of_the_default_type_are_taken(limits: str, tmp_path: Path) -> None:
    check_controls(programme(tmp_path, f"system: A\nlimits:\n  IAM-01: {limits}\n"), CONTROLS)


@pytest.mark.parametrize(
    ("text", "line", "key", "says"),
    [
        ("limits:\n  IAM-9: {days: 3}\n", 3, "limits.IAM-9", "no loaded control has this id; `soc2test controls` lists all"),
        ("limits:\n  IAM-01:\n    day: 3\n", 4, "limits.IAM-01.day", "the control has no such limit; it has days, share, strict, names, word, none, delta, many, known, tls"),
        ("limits:\n  IAM-02:\n    day: 3\n", 4, "limits.IAM-02.day", "the control has no such limit; it has none"),
        ("limits:\n  IAM-01: {days: '3'}\n", 3, "limits.IAM-01.days", "must be a number, as its default 30"),
        ("limits:\n  IAM-01: {days: true}\n", 3, "limits.IAM-01.days", "must be a number, as its default 30"),
        ("limits:\n  IAM-01: {days: .inf}\n", 3, "limits.IAM-01.days", "must be a number, as its default 30"),
        ("limits:\n  IAM-01: {days: 1e999}\n", 3, "limits.IAM-01.days", "must be a number, as its default 30"),
        ("limits:\n  IAM-01: {days: }\n", 3, "limits.IAM-01.days", "must be a number, as its default 30"),
        ("limits:\n  IAM-01: {strict: 1}\n", 3, "limits.IAM-01.strict", "must be a boolean, as its default true"),
        ("limits:\n  IAM-01: {names: b}\n", 3, "limits.IAM-01.names", "must be a list of texts, such as [\"a\", \"b\"], as its default [\"a\"]"),
        ("limits:\n  IAM-01: {names: [1]}\n", 3, "limits.IAM-01.names", "must be a list"),
        ("limits:\n  IAM-01: {word: 1}\n", 3, "limits.IAM-01.word", "must be a text, as its default \"x\""),
        ("limits:\n  IAM-01: {days: -1}\n", 3, "limits.IAM-01.days", "must be at least 0: it would switch the control off"),
        ("limits:\n  IAM-01: {share: -0.1}\n", 3, "limits.IAM-01.share", "must be at least 0"),
        ("limits:\n  IAM-01: {many: 0}\n", 3, "limits.IAM-01.many", "must be at least 1"),
        ("limits:\n  IAM-01: {names: []}\n", 3, "limits.IAM-01.names", "must not be empty, its default is a: it would switch the control off; a control that others replace, that somebody else performs or that applies to nothing"),
        ("limits:\n  IAM-01: {names: [' ']}\n", 3, "limits.IAM-01.names", "must not be blank"),
        ("limits:\n  IAM-01: {word: ''}\n", 3, "limits.IAM-01.word", "must not be blank"),
        ("limits:\n  IAM-01: {known: [b, crtical]}\n", 3, "limits.IAM-01.known", "'crtical' is no word that the control knows, which are b, c"),
        ("limits:\n  IAM-01: {tls: '0'}\n", 3, "limits.IAM-01.tls", "'0' is no word that the control knows, which are c, d"),
    ],
)  # fmt: skip
def test_limits_must_fit_the_controls(text: str, line: int, key: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError) as caught:
        check_controls(programme(tmp_path, f"system: A\n{text}"), CONTROLS)
    assert (caught.value.line, caught.value.key) == (line, key)
    assert says in caught.value.text


@pytest.mark.parametrize(
    ("written", "folder", "url"),
    [
        ("s3://evidence/x", "exports", "s3://evidence/x"),
        ("./s3://evidence", "s3:/evidence", ""),
        ("a b://c", "a b:/c", ""),
        ("evidence", "evidence", ""),
    ],
)
def test_exports_are_a_folder_or_a_url(tmp_path: Path, written: str, folder: str, url: str) -> None:
    """What has no form of a URL is a folder, whatever stands in its name: no other folder is read in its place."""
    config = programme(tmp_path, f"system: A\nexports: '{written}'\n")
    assert (config.exports, config.exports_url) == (Path(folder), url)


@pytest.mark.parametrize("role", ["controller", "processor", "both"])
def test_the_role_for_privacy_is_one_of_three(tmp_path: Path, role: str) -> None:
    file = tmp_path / "soc2.yaml"
    file.write_text(f"system: Acme\ncategories: [privacy]\nprivacy_role: {role}\n", encoding="utf-8")
    assert load_programme(file).privacy_role == role


def test_a_role_that_nobody_knows_is_refused_and_none_is_none(tmp_path: Path) -> None:
    file = tmp_path / "soc2.yaml"
    file.write_text("system: Acme\nprivacy_role: owner\n", encoding="utf-8")
    with pytest.raises(ProgrammeError, match="privacy_role"):
        load_programme(file)
    file.write_text("system: Acme\n", encoding="utf-8")
    assert load_programme(file).privacy_role is None
