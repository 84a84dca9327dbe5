"""`soc2test sources`: what plugins read, and the read-only command that makes each export."""

from typing import TYPE_CHECKING, Any

import click

from soc2test.cli.completing import source_names

if TYPE_CHECKING:
    from soc2test.sources.source import Source

__all__ = ["command"]

_NAMES = (
    "In file names, percent-encode what is filled in (/ is %2F, : is %3A). A further page ends in .page2.json, "
    ".page3.json ..."
)

_WHOLE = ("file", "command", "folder", "reference")


@click.command("sources")
@click.argument("name", required=False, shell_complete=source_names)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def command(ctx: click.Context, name: str | None, form: str) -> None:
    """List the sources, or what the source NAME reads: kinds, facts, file names, and each export's command."""
    from soc2test.cli.here import no_such, open_here  # noqa: PLC0415  # `--help` needs none of it
    from soc2test.cli.operations import source_record  # noqa: PLC0415
    from soc2test.cli.output import as_json  # noqa: PLC0415

    here = open_here()
    here.report()
    sources = here.plugins.sources
    if name is not None and name not in sources:
        no_such("source", name, list(sources), "soc2test sources")
    if form == "json":
        records = [source_record(each) for each in sources.values() if name in (None, each.name)]
        click.echo(as_json(records if name is None else records[0]))
    else:
        click.echo(_listed(sources) if name is None else _one(source_record(sources[name])))
    here.end(ctx)


def _listed(sources: "dict[str, Source]") -> str:
    from soc2test.cli.operations import source_record  # noqa: PLC0415
    from soc2test.cli.output import table  # noqa: PLC0415

    rows = []
    for record in map(source_record, sources.values()):
        kinds = dict.fromkeys(kind for each in record["operations"] for kind in each["kinds"])
        scope = " ".join(record["declare"]) or "-"
        rows.append((record["name"], record["title"], scope, str(len(record["operations"])), ", ".join(kinds)))
    text = table(("name", "title", "scope in soc2.yaml", "operations", "kinds"), rows, wide=(4,))
    return f"{text}\n\n`soc2test sources NAME` prints what a source reads and the command for each export."


def _one(record: dict[str, Any]) -> str:
    from soc2test.cli.output import pairs  # noqa: PLC0415

    head = [("folder", record["folder"]), ("max age", f"{record['max_age_days']} days unless soc2.yaml says otherwise")]
    if record["declare"]:
        head.insert(0, ("declare", f"in soc2.yaml under sources.{record['name']}: {', '.join(record['declare'])}"))
    if record["tools"]:
        head.append(("tools", ", ".join(f"{name} {lowest} or newer" for name, lowest in record["tools"].items())))
    if record["variables"]:
        head.append(("variables", "; ".join(f"{name}: {text}" for name, text in record["variables"].items())))
    if record["url"]:
        head.append(("reference", record["url"]))
    parts = [f"{record['name']}  {record['title']}\n{pairs(head, _WHOLE)}"]
    parts += [f"{each['operation']}\n{pairs(_rows(each), _WHOLE)}" for each in record["operations"]]
    if any(each["subject"] for each in record["operations"]):
        parts.append(_NAMES)
    return "\n\n".join(parts)


def _rows(each: dict[str, Any]) -> list[tuple[str, str]]:
    verb = "lists" if each["lists"] else "tells of"
    per = f", one export for each {each['per']}" if each["per"] else ""
    rows = [(verb, ", ".join(each["kinds"]) + per)]
    if each["once_per"]:
        rows.append(("once per", f"{each['once_per']}, in the folder of any one of its {each['skipped']}s"))
    if each["facts"]:
        rows.append(("facts", ", ".join(each["facts"])))
    if each["answers"]:
        rows.append(("answers", f"the errors {', '.join(each['answers'])} mean that there is none"))
    if each["schema"]:
        rows.append(("schema", f"soc2test schema {each['schema']}"))
    rows += [("preset", f"{name}: {title}") for name, title in each["presets"].items()]
    if each["before"]:
        rows.append(("before", each["before"]))
    rows.append(("file", each["file"]))
    return [*rows, ("command", each["command"])] if each["command"] else rows
