"""`soc2test history`: what a control said in each record of the evidence store."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from soc2test.cli.completing import control_ids

if TYPE_CHECKING:
    from soc2test.store.chain import Link

__all__ = ["command"]

_NO_RUN = "recorded without a run"
_ABSENT = "no such control"


@click.command("history")
@click.argument("control", metavar="CONTROL", shell_complete=control_ids)
@click.option(
    "--config", "file", metavar="FILE", type=click.Path(path_type=Path), help="The programme (default: soc2.yaml here)."
)
@click.option("--store", "place", metavar="DIR_OR_URL", help="The store (default: `store: at:` of soc2.yaml).")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(control: str, file: Path | None, place: str | None, form: str) -> None:
    """What CONTROL said in each record, as it was said then; `pytest --soc2 --soc2-period` asks the tests of today.

    Records that follow one on another and say the same stand in one line of the table.

    Exit codes: 0 listed, 1 the store can't be read or no record knows the control, 2 wrong usage.
    """
    from soc2test.cli.output import as_json, table  # noqa: PLC0415
    from soc2test.cli.record import programme_here, store_of  # noqa: PLC0415
    from soc2test.store.objects import StoreError  # noqa: PLC0415

    try:
        links = [link for link in store_of(programme_here(file), place).links() if link.record.kept is not None]
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    said = [(link, _said(link, control)) for link in links]
    if all(what in (_NO_RUN, _ABSENT) for _, what in said):
        raise click.ClickException(f"no record has a verdict of {control}: `soc2test controls` lists the ids")
    if form == "json":
        click.echo(as_json({"control": control, "records": [_as_record(link, what) for link, what in said]}))
        return
    click.echo(table(("records", "from", "to", "verdict"), list(_runs(said))))


def _said(link: "Link", control: str) -> str:
    verdicts = link.record.verdicts
    if verdicts is None:
        return _NO_RUN
    return str(verdicts.controls[control].value) if control in verdicts.controls else _ABSENT


def _moment(link: "Link") -> str:
    verdicts = link.record.verdicts
    return verdicts.as_of if verdicts is not None else link.record.origin.recorded_at


def _as_record(link: "Link", what: str) -> dict[str, object]:
    known = what not in (_NO_RUN, _ABSENT)
    return {"number": link.record.number, "as_of": _moment(link), "verdict": what if known else None}


def _runs(said: "Sequence[tuple[Link, str]]") -> list[tuple[str, ...]]:
    rows: list[list[tuple[Link, str]]] = []
    for link, what in said:
        if rows and rows[-1][-1][1] == what:
            rows[-1].append((link, what))
        else:
            rows.append([(link, what)])
    return [_row(run) for run in rows]


def _row(run: "Sequence[tuple[Link, str]]") -> tuple[str, ...]:
    (first, what), (last, _) = run[0], run[-1]
    numbers = [first.record.number, last.record.number]
    return "-".join(map(str, dict.fromkeys(numbers))), _moment(first), _moment(last), what.replace("_", " ")
