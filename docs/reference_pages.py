"""The reference of the site, made from the code when it is built: what is written by hand grows old."""

import html
import inspect
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import click
from click.testing import CliRunner
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from tabulate import tabulate

from soc2test import contract
from soc2test.cli.here import open_here
from soc2test.cli.main import main
from soc2test.cli.schema import schemas
from soc2test.pytest_plugin.plugin import _add_options
from soc2test.resources.resource import Resource

__all__ = ["on_files"]

_NOT_IN_TABLES = {"|": "&#124;", "\n": " "}


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Called by MkDocs when it has found the pages; adds those that are generated."""
    pages = {
        "kinds": _kinds(),
        "sources": _sources(),
        "registers": _registers(),
        "programme": _programme(),
        "command-line": _command_line(),
        "api": _api(),
    }
    for name, lines in pages.items():
        files.append(File.generated(config, f"reference/{name}.md", content="\n".join(lines)))
    return files


def _printed(*arguments: str) -> Any:
    """What the command prints as JSON: the pages say what it says."""
    told = CliRunner().invoke(main, arguments)
    return json.loads(told.stdout)


@cache
def _schemas() -> Mapping[str, Mapping[str, Any]]:
    """Each published schema by its name."""
    return {name: schema() for name, (_, schema) in schemas(open_here().plugins.sources).items()}


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    cells = [[_cell(cell) for cell in row] for row in rows]
    return tabulate(cells, headers=head, tablefmt="pipe", disable_numparse=True)


def _cell(text: str) -> str:
    """A text that ends no cell; what stands between backticks is taken literally by Markdown, entities too."""
    parts = [_code(part) if place % 2 else html.escape(part, quote=False) for place, part in enumerate(text.split("`"))]
    joined = "".join(parts)
    for sign, written in _NOT_IN_TABLES.items():
        joined = joined.replace(sign, written)
    return joined


def _code(text: str) -> str:
    return f"<code>{html.escape(text, quote=False)}</code>"


def _tellers(told_by: Mapping[str, Sequence[str]]) -> str:
    return ", ".join(f"{source} ({', '.join(operations)})" for source, operations in told_by.items()) or "nobody yet"


def _kinds() -> Iterator[str]:
    yield from ("# Kinds", "", "What controls are written about. `soc2test kinds NAME` prints one of them.")
    for record in _printed("kinds", "--format", "json"):
        yield from ("", f"## {record['name']}", "", f"{_cell(record['is'])}.", "")
        if record["special_case_of"]:
            yield from (f"A special case of `{record['special_case_of']}`.", "")
        if record["controls"]:
            yield from (f"Controls: {', '.join(record['controls'])}", "")
        facts = [
            (f"`{fact['name']}`", f"`{fact['type']}`", fact["meaning"] or "", _tellers(fact["told_by"]))
            for fact in record["facts"]
        ]
        if facts:
            yield _table(("fact", "type", "meaning", "told by"), facts)


def _sources() -> Iterator[str]:
    yield from ("# Sources", "", "What plugins read. `soc2test sources NAME` prints the command for each export.")
    for record in _printed("sources", "--format", "json"):
        yield from ("", f"## {record['name']}", "")
        named = f"[{record['title']}]({record['url']})" if record["url"] else record["title"]
        declared = f"; declared in soc2.yaml by {', '.join(record['declare'])}" if record["declare"] else ""
        yield from (f"{named}{declared}.", "")
        rows = [
            (
                f"`{each['operation']}`",
                "lists" if each["lists"] else "tells of",
                ", ".join(each["kinds"]),
                f"`{each['file']}`",
            )
            for each in record["operations"]
        ]
        yield _table(("operation", "", "kinds", "file"), rows)


def _registers() -> Iterator[str]:
    yield from (
        "# Registers",
        "",
        "What people keep by hand. `soc2test init --register NAME` writes a template.",
    )
    for name, schema in _schemas().items():
        if "entries" not in schema.get("properties", {}):
            continue
        entry = schema["properties"]["entries"]["items"]
        yield from ("", f"## {name}", "", _cell(schema["description"]), "", _keys(entry))


def _programme() -> Iterator[str]:
    yield from (
        "# Files of a programme",
        "",
        "Each has a published JSON Schema, which editors take: `soc2test schema NAME`.",
    )
    for name in ("programme", "controls", "exemptions", "waivers", "statements", "revisions", "subservice"):
        schema = _schemas()[name]
        yield from (
            "",
            f"## {'soc2' if name == 'programme' else name}.yaml",
            "",
            _cell(schema.get("description", "")),
            "",
            _keys(schema),
        )


def _keys(schema: Mapping[str, Any]) -> str:
    required = schema.get("required", ())
    rows = [
        (f"`{key}`", "yes" if key in required else "", _type(each), each.get("description", ""))
        for key, each in schema.get("properties", {}).items()
        if key != "$schema"
    ]
    return _table(("key", "required", "type", "meaning"), rows)


def _type(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    kinds = schema.get("type", "")
    return kinds if isinstance(kinds, str) else " or ".join(kinds)


def _command_line() -> Iterator[str]:
    yield from ("# Command line", "", "## Options of pytest", "")
    options = _Options()
    _add_options(options)  # type: ignore[arg-type]
    yield _table(("option", "meaning"), options.rows)
    whole = click.Context(main, info_name="soc2test")
    for name in main.list_commands(whole):
        command = main.get_command(whole, name)
        assert command is not None  # noqa: S101  # it is one of the list
        context = click.Context(command, info_name=name, parent=whole)
        yield from ("", f"## soc2test {name}", "", "```text", command.get_help(context), "```")


class _Options:
    """Stands in for pytest's parser, and notes what it is given."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str]] = []

    def getgroup(self, *_: object, **__: object) -> "_Options":
        return self

    def addoption(self, *names: str, help: str = "", metavar: str | None = None, **_: object) -> None:
        value = f"={metavar}" if metavar else ""
        self.rows.append((", ".join(f"`{name}{value}`" for name in names), help))

    _addoption = addoption

    def addini(self, name: str, help: str = "", **_: object) -> None:
        self.rows.append((f"`{name}` (ini)", help))


def _api() -> Iterator[str]:
    yield from ("# Python API", "", "All that policies and plugins import: `from soc2test import ...`.", "")
    yield "Kinds have [a page of their own](kinds.md)."
    values: list[str] = []
    for name in sorted(contract.__all__, key=str.lower):
        each = getattr(contract, name)
        if inspect.isclass(each) and issubclass(each, Resource) and each is not Resource:
            continue
        if (inspect.isclass(each) or inspect.isfunction(each)) and each.__module__.startswith("soc2test"):
            yield from ("", f"::: {each.__module__}.{each.__name__}")
        else:
            values.append(name)
    yield from ("", "## Values", "", ", ".join(f"`{name}`" for name in values), "", "::: soc2test.testing")
