"""Are artifacts whole and inert? Each is parsed, and its structure held against that of a harmless run."""

import json
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import jsonschema
from lxml import etree

__all__ = ["broken", "console_faults", "schema_faults", "structure"]

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_COMMAND = re.compile(r"^\s*(::|##vso\[|##teamcity\[|##\[)", re.MULTILINE)
_URLS = ("href", "src", "action", "formaction", "style")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[tuple[str, ...]] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = sorted(name for name, _ in attrs)
        urls = [str(value)[:40] for name, value in sorted(attrs) if name in _URLS and not str(value).startswith("#")]
        self.seen[(tag, *names, *urls)] += 1


@cache
def _schema() -> Any:
    schema = json.loads(files("soc2test").joinpath("schemas/matrix.schema.json").read_text("utf-8"))
    return jsonschema.Draft202012Validator(schema)


def broken(artifacts: dict[str, bytes]) -> str:
    """Why an artifact does not parse or keep its schema; "" where all do."""
    for name, content in artifacts.items():
        try:
            structure(name, content)
        except (ValueError, etree.XMLSyntaxError) as error:
            return f"{name} does not parse: {type(error).__name__}"
    # that a file without a digest violates the schema is one fault, with a test of its own, not one of each case
    wrong = [path for path in schema_faults(artifacts["matrix.json"]) if not path.endswith("/sha256")]
    return f"matrix.json violates its schema at {wrong[0]}" if wrong else ""


def schema_faults(matrix: bytes) -> list[str]:
    """Where the matrix violates its own published schema."""
    return ["/".join(map(str, each.path)) for each in _schema().iter_errors(json.loads(matrix))]


def structure(name: str, content: bytes) -> Any:
    """What hostile content must not change in an artifact: tags, rows, elements, keys. Raises where it is broken."""
    text = content.decode("utf-8")  # strictly
    if name.endswith(".json"):
        return _keys(json.loads(text))
    if name.endswith(".ndjson"):
        return [_keys(json.loads(line)) for line in text.split("\n") if line]
    if name.endswith(".xml"):
        return Counter((each.tag, *sorted(each.attrib)) for each in etree.fromstring(content).iter(etree.Element))
    if name.endswith(".html"):
        parser = _Tags()
        parser.feed(text)
        parser.close()
        return parser.seen
    return _markdown(text)


def _keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _keys(each) for key, each in value.items()}
    return [_keys(each) for each in value] if isinstance(value, list) else None


def _markdown(text: str) -> Any:
    text = re.sub(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", lambda span: re.sub(r"[^|\\]", "c", span[0]), text)  # code is inert
    rows = Counter(len(re.findall(r"(?<!\\)\|", line)) for line in text.split("\n") if line.startswith("|"))
    raw = Counter(re.findall(r"(?<!\\)<\s*[a-zA-Z/!]+", text))
    links = len(re.findall(r"(?<!\\)\]\(", text))
    return rows, raw, links, sum(line.startswith("#") for line in text.split("\n"))


def console_faults(console: str, harmless: str) -> str:
    """What a terminal or a CI system would take for more than text; "" where nothing is."""
    if found := _CONTROL.search(console):
        return f"the console holds the control character U+{ord(found[0]):04X}"
    if len(_COMMAND.findall(console)) != len(_COMMAND.findall(harmless)):
        return "the console holds a CI command of the evidence"
    return ""
