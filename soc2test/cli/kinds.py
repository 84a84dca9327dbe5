"""`soc2test kinds`: the kinds of resources that controls are written about, or everything about one."""

from typing import TYPE_CHECKING, Any

import click

from soc2test.cli.completing import kind_names

if TYPE_CHECKING:
    from soc2test.cli.here import Here

__all__ = ["command"]


@click.command("kinds")
@click.argument("name", required=False, shell_complete=kind_names)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def command(ctx: click.Context, name: str | None, form: str) -> None:
    """List the kinds of resources, or explain the kind NAME: its facts, who tells them, the controls that use it.

    Write a control about a neutral kind (Identity) and it tests each provider's special cases (OktaUser) as well.
    """
    from soc2test.cli.here import no_such, open_here  # noqa: PLC0415  # `--help` needs none of it
    from soc2test.cli.kind_records import kind_record, known_kinds  # noqa: PLC0415
    from soc2test.cli.output import as_json  # noqa: PLC0415

    here = open_here()
    here.report()
    kinds = known_kinds(here)
    if name is not None and name not in kinds:
        no_such("kind", name, list(kinds), "soc2test kinds")
    if form == "json":
        records = [kind_record(each, here, kinds) for each in kinds.values() if name in (None, each.__name__)]
        click.echo(as_json(records if name is None else records[0]))
    else:
        click.echo(_listed(here, kinds) if name is None else _one(kind_record(kinds[name], here, kinds)))
    here.end(ctx)


def _listed(here: "Here", kinds: dict[str, Any]) -> str:
    from soc2test.cli.kind_records import kind_record, special_case_of  # noqa: PLC0415
    from soc2test.cli.output import table  # noqa: PLC0415

    neutral = [kind_record(kind, here, kinds) for kind in kinds.values() if special_case_of(kind) is None]
    rows = [
        (each["name"], each["is"], ", ".join(each["listed_by"]) or "-", str(len(each["controls"]))) for each in neutral
    ]
    text = table(("kind", "what it is", "listed by", "controls"), rows, wide=(1, 2))
    return f"{text}\n\n{len(rows)} neutral kinds; `soc2test kinds NAME` prints the facts of one and its special cases."


def _one(one: dict[str, Any]) -> str:
    from soc2test.cli.output import block  # noqa: PLC0415

    head = [("import", one["import"])]
    head += [("special case of", one["special_case_of"])] if one["special_case_of"] else []
    head += [("special cases", ", ".join(one["special_cases"]))] if one["special_cases"] else []
    head += [("listed by", _calls(one["listed_by"]) or "no loaded source")]
    head += [("controls", ", ".join(one["controls"]) or "none")]
    facts = [
        (each["name"], each["type"], each["meaning"] or "-", _calls(each["told_by"]) or "-") for each in one["facts"]
    ]
    told = block([("fact", "type", "meaning", "told by"), *facts], wide=(2, 3))
    return f"{one['name']}  {one['is']}\n\n{block(head, wide=(1,), indent=0)}\n\n{told}"


def _calls(found: dict[str, list[str]]) -> str:
    return "; ".join(f"{source}: {', '.join(operations)}" for source, operations in found.items())
