"""`soc2test permissions`: the least rights that collecting needs, by source, as the vendors document them."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from soc2test.cli.completing import source_names

if TYPE_CHECKING:
    from soc2test.cli.here import Here
    from soc2test.sources.source import Source

__all__ = ["command"]

_WHOLE = ("reference",)


@click.command("permissions")
@click.argument("names", metavar="[SOURCE]...", nargs=-1, shell_complete=source_names)
@click.option("--format", "form", type=click.Choice(["text", "json", "policy"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, names: tuple[str, ...], form: str) -> None:
    """Print the least rights that collecting needs, of the sources that soc2.yaml declares or of each SOURCE.

    Without a programme, name the sources: what the installed controls need of them is told. `--format policy` prints
    what can be attached as it is: an IAM policy of AWS, a ClusterRole of Kubernetes. A call whose rights no document
    of its vendor says is named as not known, and is in no policy.

    Exit codes: 0 fine, also where something is not known, 2 wrong usage, 4 soc2.yaml, a policy file or a plugin is
    wrong (what loads is told all the same).
    """
    from soc2test.cli.asked_operations import asked_of  # noqa: PLC0415  # `--help` needs none of it
    from soc2test.cli.here import open_here  # noqa: PLC0415
    from soc2test.cli.output import as_json  # noqa: PLC0415
    from soc2test.cli.rights_records import rights_record  # noqa: PLC0415

    here = open_here()
    here.report()
    sources = _sources(here, names)
    asked = asked_of(sources, here)
    records = [rights_record(source, asked[source.name]) for source in sources]
    if form == "json":
        click.echo(as_json(records))
    elif form == "policy":
        _policy(records)
    else:
        click.echo("\n\n".join(map(_text, records)))
    here.end(ctx)


def _sources(here: "Here", names: Iterable[str]) -> "list[Source]":
    """Those named, each once, else those that the programme declares."""
    from soc2test.cli.here import no_such  # noqa: PLC0415

    known = here.plugins.sources
    for name in names:
        if name not in known:
            no_such("source", name, list(known), "soc2test sources")
    wanted = dict.fromkeys(names or here.declared)
    if not wanted:
        raise click.UsageError(
            "there is no soc2.yaml here that declares sources: name one, `soc2test sources` lists all"
        )
    return [known[name] for name in wanted]


def _policy(records: "Sequence[dict[str, Any]]") -> None:
    """Print the documents of all sources of one form together, and name on stderr what is in none."""
    from soc2test.cli.policy_documents import WRITERS  # noqa: PLC0415

    given = [record for record in records if record["form"] in WRITERS]
    forms = sorted({record["form"] for record in given})
    names = ", ".join(record["source"] for record in given)
    if not forms:
        raise click.UsageError("--format policy: the rights of these sources are given by hand, see --format text")
    if len(forms) > 1:
        raise click.UsageError(f"--format policy prints one kind of document: name the sources of one, of {names}")
    rights = {entry["right"] for record in given for entry in record["rights"]}
    if not rights:
        raise click.UsageError(f"--format policy: these controls need nothing of {names}")
    for record in records:
        _told_beside(record, is_in_it=record in given)
    documents = WRITERS[forms[0]](rights)
    if len(documents) > 1:
        click.echo(f"{len(documents)} policies, since one of all would be longer than allowed: attach each", err=True)
    click.echo("\n\n".join(documents))


def _told_beside(record: "dict[str, Any]", *, is_in_it: bool) -> None:
    """What whoever attaches a document must know of a source, and it can't say itself."""
    name = record["source"]
    if not is_in_it:
        click.echo(f"{name}: not in it, its rights are given by hand", err=True)
        return
    for entry in record["not_known"]:
        click.echo(f"{name}: {entry['operation']}: not in it, what it needs is not known: {entry['reason']}", err=True)
    for entry in record["wider"]:
        click.echo(f"{name}: {entry['operation']}: {entry['reason']}", err=True)


def _text(record: "dict[str, Any]") -> str:
    from soc2test.cli.output import pairs  # noqa: PLC0415

    title = f"{record['source']}  {record['title']}"
    rows = [(entry["right"], ", ".join(entry["operations"])) for entry in record["rights"]]
    if record["none_needed"]:
        rows.append(("none needed", ", ".join(record["none_needed"])))
    rows += [("wider", f"{entry['operation']}: {entry['reason']}") for entry in record["wider"]]
    rows += [("not known", f"{entry['operation']}: {entry['reason']}") for entry in record["not_known"]]
    if not rows:
        return f"{title}\n  `soc2test collect` asks nothing of it for these controls"
    head = [(name, record[name]) for name in ("give", "reference") if record[name]]
    head += [("variable", f"{name}: {text}") for name, text in record["variables"].items()]
    parts = [title, *([pairs(head, _WHOLE)] if head else [])]
    if record["rights"]:
        parts.append(f"  {record['called']}, each with the calls that need it:")
    return "\n".join([*parts, pairs(rows)])
