"""Whatever bytes come: a reader gives what other readers give, or raises the project's own error. Never anything else."""

import csv
import gzip
import io
import json
import re
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
import zstandard
from examples import examples
from fuzz_checks import CHECKS, accepted, body_of, filled, found, streamed
from fuzz_inputs import JSON, SEEDS, damaged
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from soc2test.evidence import cutting, json_text
from soc2test.evidence.record import EMPTY, RECORD, record_of
from soc2test.evidence.secret_names import is_secret_name
from soc2test.evidence.yaml_text import parse_yaml

EXAMPLES = examples(150)
"""a sort; all of them together take about half a minute"""
FUZZ = settings(
    deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(autouse=True, scope="module")
def _small_blocks() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "_BLOCK", 64)  # every array is cut many times
        yield


@pytest.mark.parametrize("sort", CHECKS)
def test_whole_files_are_accepted(sort: str, folder: Path) -> None:
    for seed in SEEDS[sort]:
        CHECKS[sort](seed, folder)


@pytest.mark.each(5)
@pytest.mark.parametrize("sort", CHECKS)
def test_damaged_files_mean_one_thing_or_are_refused(sort: str, folder: Path) -> None:
    @FUZZ
    @given(data=damaged(sort))
    def hold(data: bytes) -> None:
        CHECKS[sort](data, folder)

    hold()


@FUZZ
@given(value=st.lists(JSON, max_size=4), style=st.sampled_from([{}, {"indent": 1}, {"separators": (",", ":")}]))
def test_json_comes_back_on_every_path(value: list[Any], style: dict[str, Any], folder: Path) -> None:
    wanted = json.loads(json.dumps(value), parse_float=Decimal)
    file = found(folder, "r.json", json.dumps(value, **style).encode())
    assert repr(streamed(file)) == repr(wanted)
    lines = found(folder, "r.ndjson", "".join(json.dumps(each) + "\n" for each in value).encode())
    assert repr(streamed(lines)) == repr(wanted)
    if value:
        assert repr(body_of(lines)) == repr(wanted)
        assert repr(json_text.parse_many(json.dumps(value).encode() * 2, "file")) == repr([wanted, wanted])


EXPONENT = re.compile(r"\b[0-9.]+[eE][-+]?[0-9]")
"""A number in YAML 1.2, where PyYAML writes it as a plain text."""


@FUZZ
@given(value=JSON)
def test_yaml_comes_back_from_pyyaml(value: Any) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
    assume(not EXPONENT.search(text) and yaml.safe_load(text) == value)  # what PyYAML itself can bring back
    assert parse_yaml(text.encode(), "file")[0] == value


NAME = st.from_regex("[a-z]{1,4}", fullmatch=True).filter(lambda name: not is_secret_name(name))
"""Columns whose cells come back: those of a secret's name (`pass`, `otp`) are replaced."""
SEEN = st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cf"])
CELL = st.text(SEEN, max_size=8).filter(lambda text: not text.startswith(('="', ' ')))
"""Texts that are read as they stand there: no signs of no width at their ends, and no text that is written as a formula."""


@FUZZ
@given(
    header=st.lists(NAME, min_size=2, max_size=4, unique=True),
    rows=st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=4),
    delimiter=st.sampled_from(",;"),
)
def test_csv_comes_back(header: list[str], rows: list[list[str]], delimiter: str, folder: Path) -> None:
    text = io.StringIO(newline="")
    table = [row[: len(header)] for row in rows]
    csv.writer(text, delimiter=delimiter).writerows([header, *table])
    body = body_of(found(folder, "r.csv", text.getvalue().encode()))
    assert [list(row.values()) for row in body["entries"]] == filled(table)


@FUZZ
@given(
    value=st.fixed_dictionaries(
        {"soc2test": st.just(RECORD)},
        optional={
            "source": JSON, "operation": JSON, "subject": st.dictionaries(st.text(max_size=3), JSON, max_size=2) | JSON,
            "status": st.sampled_from(["ok", "error"]) | JSON, "error": JSON, "complete": JSON, "collected_at": JSON, "body": JSON,
        },
    )
)  # fmt: skip
def test_any_record_is_evidence_or_refused(value: dict[str, Any]) -> None:
    took, evidence = accepted(lambda: record_of(value, "file", "", "", "id"))
    if took:
        assert (evidence.source, evidence.operation, evidence.body) == (
            value["source"], value["operation"], value.get("body"),
        )  # fmt: skip
        assert (evidence.code is None) == (value["status"] == "ok")


ROWS = [{"id": "a", "n": [1, {"b": "]},{"}]}, {"id": "b\u2028é"}, {"id": "c"}, {}]


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_a_cut_ndjson_file_is_refused_unless_it_ends_with_a_whole_record(end: str, folder: Path) -> None:
    """Whether lines are missing after a whole one, only a manifest's count or digest can tell."""
    lines = [json.dumps(row, ensure_ascii=False).encode() for row in ROWS]
    data = b"\n".join(lines) + end.encode()
    ends = {0: 0} | {len(b"\n".join(lines[:count])) + feed: count for count in range(1, 5) for feed in (0, 1)}
    for cut in range(len(data)):
        file = found(folder, "c.ndjson", data[:cut])
        took, items = accepted(partial(streamed, file))
        assert took == (cut in ends or cut > len(data) - len(end)), cut
        whole, body = accepted(partial(body_of, file))
        assert whole == took
        if took:
            assert items == ROWS[: ends.get(cut, len(ROWS))]
            assert body == (items or EMPTY)


@pytest.mark.parametrize("style", [{}, {"indent": 1}, {"separators": (",", ":")}])
def test_a_cut_array_is_refused_wherever_it_is_cut(style: dict[str, Any], folder: Path) -> None:
    data = json.dumps(ROWS, **style).encode()
    for cut in range(1, len(data)):
        file = found(folder, "c.json", data[:cut])
        assert not accepted(partial(streamed, file))[0]
        assert not accepted(partial(body_of, file))[0]


def test_of_concatenated_pages_only_whole_ones_are_taken(folder: Path) -> None:
    page = json.dumps(ROWS).encode()
    data = page * 3
    for cut in range(1, len(data)):
        took, body = accepted(partial(body_of, found(folder, "c.json", data[:cut])))
        assert took == (cut % len(page) == 0)
        assert not took or body == ROWS * (cut // len(page))


@pytest.mark.parametrize("suffix", ["gz", "zst"])
@pytest.mark.parametrize("name", ["c.json", "c.ndjson"])
def test_a_cut_compressed_file_is_refused_wherever_it_is_cut(suffix: str, name: str, folder: Path) -> None:
    plain = b"\n".join(json.dumps(row).encode() for row in ROWS)
    data = gzip.compress(plain, mtime=0) if suffix == "gz" else zstandard.compress(plain)
    for cut in range(len(data)):
        file = found(folder, f"{name}.{suffix}", data[:cut])
        assert not accepted(partial(streamed, file))[0], cut
        assert not accepted(partial(body_of, file))[0], cut
