"""`soc2test criteria`: the 61 criteria and the controls that test them."""

from typing import TYPE_CHECKING, Any

import click

from soc2test.cli.completing import criterion_ids

if TYPE_CHECKING:
    from soc2test.cli.here import Known

__all__ = ["command"]


@click.command("criteria")
@click.argument("id", required=False, shell_complete=criterion_ids)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def command(ctx: click.Context, id: str | None, form: str) -> None:
    """List the 61 Trust Services Criteria with the controls that test and support each, or show the one with ID."""
    from soc2test.cli.here import no_such, open_here  # noqa: PLC0415  # `--help` needs none of it
    from soc2test.cli.output import as_json  # noqa: PLC0415
    from soc2test.criteria import CRITERIA  # noqa: PLC0415

    if id is not None and id not in CRITERIA:
        no_such("criterion", id, list(CRITERIA), "soc2test criteria")
    here = open_here()
    here.report()
    known = here.controls()
    if form == "json":
        records = [_record(each, known) for each in CRITERIA if id in (None, each)]
        click.echo(as_json(records if id is None else records[0]))
    elif id is None:
        click.echo(_listed(known))
    else:
        click.echo(_one(id, known))
    here.end(ctx)


def _record(id: str, known: "dict[str, Known]") -> dict[str, Any]:
    from soc2test.criteria import CRITERIA  # noqa: PLC0415
    from soc2test.not_tested import NOT_TESTED  # noqa: PLC0415

    criterion = CRITERIA[id]
    return {
        "id": id,
        "category": criterion.category,
        "subject": criterion.subject,
        "tested_by": [each for each, found in known.items() if id in found.control.criteria],
        "supported_by": {
            each: found.control.supports[id] for each, found in known.items() if id in found.control.supports
        },
        "not_tested": list(NOT_TESTED[id]),
        "touches": _touches(id),
    }


def _touches(id: str) -> dict[str, list[dict[str, str]]]:
    """What it touches of other frameworks, by their names, as soc2test says it."""
    from soc2test.crosswalks.frameworks import FRAMEWORKS  # noqa: PLC0415
    from soc2test.crosswalks.mapping import shipped  # noqa: PLC0415

    return {
        name: [
            {"requirement": pair.requirement, "strength": pair.strength, "reason": pair.reason}
            for pair in shipped(name).pairs
            if pair.criterion == id
        ]
        for name in FRAMEWORKS
    }


def _listed(known: "dict[str, Known]") -> str:
    from soc2test.cli.output import table  # noqa: PLC0415
    from soc2test.criteria import CRITERIA  # noqa: PLC0415

    records = [_record(id, known) for id in CRITERIA]
    rows = [
        (each["id"], each["category"].replace("_", " "), each["subject"], " ".join(each["tested_by"]) or "-",
         " ".join(each["supported_by"]) or "-")
        for each in records
    ]  # fmt: skip
    tested = sum(bool(each["tested_by"]) for each in records)
    text = table(("id", "category", "subject (our words)", "tested by", "supported by"), rows, wide=(3, 4))
    return f"{text}\n\n{len(rows)} criteria, {tested} with a control that tests them"


def _one(id: str, known: "dict[str, Known]") -> str:
    from soc2test.cli.output import block  # noqa: PLC0415

    record = _record(id, known)
    parts = [
        f"{id}  {record['subject']} ({record['category'].replace('_', ' ')}; our words, the criteria are the AICPA's)"
    ]
    tested = [(each, known[each].control.severity, known[each].control.title) for each in record["tested_by"]]
    parts.append("Tested by\n" + (block(tested, wide=(2,)) or "  no control; your own go into policies/"))
    if record["supported_by"]:
        parts.append(
            "Supported by (never raises the criterion)\n" + block(list(record["supported_by"].items()), wide=(1,))
        )
    lines = [(line,) for line in record["not_tested"]]
    parts.append("Not tested here, by none of the shipped controls\n" + block(lines, wide=(0,)))
    touched = [
        (name, strength, " ".join(ids), reason)
        for name, pairs in record["touches"].items()
        for (strength, reason), ids in _alike(pairs).items()
    ]
    parts.append("Touches in other frameworks, which says of none that it is met\n" + block(touched, wide=(2, 3)))
    return "\n\n".join(parts)


def _alike(pairs: list[dict[str, str]]) -> dict[tuple[str, str], list[str]]:
    """The requirements that are touched as far and for the same reason."""
    found: dict[tuple[str, str], list[str]] = {}
    for pair in pairs:
        found.setdefault((pair["strength"], pair["reason"]), []).append(pair["requirement"])
    return found
