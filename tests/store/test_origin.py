"""What a manifest says of how exports were collected becomes a part of the record."""

import pytest

from soc2test.store.origin import collection_of


def test_what_an_auditor_chose_before_it_is_a_part_of_it() -> None:
    text = b'witness: "Firm, Name"\nnonce: kayak 7\ncollector: ci\nfiles:\n  a.json: {command: aws x}\n  b.json: {}\n'
    told = collection_of("exports/manifest.yaml", text)
    assert told is not None
    assert (told.witness, told.nonce, told.collector, told.commands) == ("Firm, Name", "kayak 7", "ci", 1)


def test_a_manifest_without_them_names_none() -> None:
    told = collection_of("manifest.yaml", b"collected_at: 2026-01-01\n")
    assert told is not None
    assert (told.witness, told.nonce) == (None, None)


@pytest.mark.parametrize("text", [b"- a\n", b"a: [\n", b"text"])
def test_what_is_no_manifest_tells_nothing(text: bytes) -> None:
    assert collection_of("manifest.yaml", text) is None
