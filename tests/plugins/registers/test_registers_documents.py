"""A document is one cell of a CSV and a mapping in YAML; both name the same file and digest."""

from collections.abc import Iterator
from typing import Any

import pytest

from soc2test import Unknown
from soc2test_plugins.registers import schemas
from soc2test_plugins.registers.cells import document_in, entry_of
from soc2test_plugins.registers.schemas import entry_schema, load_schema, mapped
from soc2test_plugins.registers.unsaid import without_placeholders

DIGEST = "0123456789abcdef" * 4


@pytest.fixture
def policies_with_documents(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The register of policies with a key that refers to the shared definition."""
    schema = load_schema("policies")
    items = schema["properties"]["entries"]["items"]
    keys = {**items["properties"], "document": {"title": "Signed copy", "$ref": "#/$defs/document"}}
    changed = {**schema, "properties": {**schema["properties"], "entries": {"items": {**items, "properties": keys}}}}
    monkeypatch.setattr(schemas, "load_schema", lambda register: changed)
    entry_schema.cache_clear()
    yield
    entry_schema.cache_clear()


@pytest.mark.parametrize(
    ("cell", "document"),
    [
        (f"documents/x.pdf sha256:{DIGEST}", {"file": "documents/x.pdf", "sha256": DIGEST}),
        (f"  documents/a b.pdf   sha256:{DIGEST.upper()} ", {"file": "documents/a b.pdf", "sha256": DIGEST}),
        ("documents/x.pdf", None),
        (f"documents/x.pdf sha256:{DIGEST[1:]}", None),
        (f"sha256:{DIGEST}", None),
        (f"documents/x.pdf {DIGEST}", None),
        ("TBD", None),
    ],
)
def test_a_cell_names_file_and_digest_or_no_document(cell: str, document: Any) -> None:
    assert document_in(cell) == document


@pytest.mark.usefixtures("policies_with_documents")
def test_a_column_of_documents_becomes_what_yaml_has() -> None:
    row = {"id": "P-1", "document": f"documents/x.pdf sha256:{DIGEST}"}
    assert entry_of("policies", row)["document"] == {"file": "documents/x.pdf", "sha256": DIGEST}
    assert entry_of("policies", {"id": "P-1", "document": ""})["document"] is None
    assert entry_of("policies", {"id": "P-1", "document": "documents/x.pdf"})["document"] == "documents/x.pdf"


@pytest.mark.usefixtures("policies_with_documents")
def test_a_document_that_is_not_named_yet_is_none_and_shows_nothing() -> None:
    entry = without_placeholders("policies", {"id": "P-1", "document": "TBD", "approved_by": "TBD"}, "row 2")
    assert entry["document"] is None
    assert type(entry["approved_by"]) is Unknown
    half = without_placeholders("policies", {"id": "P-1", "document": {"file": "TBD", "sha256": DIGEST}}, "row 2")
    assert type(half["document"]["file"]) is Unknown


def test_what_a_key_refers_to_stands_in_its_place() -> None:
    schema = {"properties": {"list": {"items": {"properties": {"word": {"type": "string"}}}}}}
    asked: list[Any] = []

    def note(path: tuple[str | int, ...], key: Any, value: Any) -> Any:
        asked.append((path, key, value))
        return value

    mapped({"list": [{"word": "a"}, {"word": "b"}], "other": 1}, schema, note)
    assert [path for path, _, _ in asked] == [("list", 0, "word"), ("list", 1, "word")]
