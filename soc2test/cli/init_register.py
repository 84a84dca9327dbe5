"""The template of a register, written into a programme: `soc2test init --register NAME`."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from soc2test.cli.here import no_such, open_here
from soc2test.finding.places import file_of
from soc2test.register_templates.columns import Column, columns_of
from soc2test.register_templates.texts import as_csv, as_yaml
from soc2test.register_templates.workbook import as_workbook

if TYPE_CHECKING:
    from soc2test.cli.here import Here
    from soc2test.resources.kinds import Identity
    from soc2test.sources.operation import Operation

__all__ = ["FILLED", "check_place", "put_template", "write_register"]

_SUFFIXES = (".xlsx", ".csv", ".tsv", ".yaml", ".yml", ".json")
"""of files in which a register may be kept"""
FILLED: Mapping[str, Mapping[str, str]] = {
    "people": {"name": "name", "email": "email"},
    "access_decisions": {"account": "name"},
}
"""register -> its column -> the fact of an identity that says it"""


def write_register(ctx: click.Context, folder: Path, register: str, form: str, source: str | None) -> None:
    """Write the template below the exports of the programme in `folder`, filled with the identities of a `source`.

    Raises `click.ClickException` where there is no such register or it is kept already, and where it can't be written.
    """
    here = open_here((folder / "soc2.yaml").absolute())  # that of the current folder is another one
    here.report()
    check_place(here, folder)
    columns = _columns(here, register)
    rows = _identities(here, source, register, columns) if source is not None else []
    target = _target(here, folder, register, form)
    if (kept := _kept(target)) is not None:
        raise click.ClickException(f"{_from_here(kept)} exists, and holds the register: it is left as it is")
    _write(target, _content(register, columns, rows, form))
    click.echo(f"written  {_from_here(target)}")
    _advise(form, len(rows))
    here.end(ctx)


def check_place(here: "Here", folder: Path) -> None:
    """Raise `click.ClickException` where nobody can say in which folder the registers of a programme lie."""
    from soc2test.cli.evidence import url_of_exports  # noqa: PLC0415  # read by this way alone

    if here.config is None and (folder / "soc2.yaml").exists():
        raise click.ClickException(
            f"{_from_here(folder / 'soc2.yaml')} is wrong, and says where the exports lie: mend it"
        )
    if here.config is not None and (url := url_of_exports(here, None)):
        raise click.ClickException(
            f"the exports lie at {url}: start from a programme with a folder, and put the file there"
        )


def put_template(here: "Here", folder: Path, register: str, form: str) -> tuple[str, str]:
    """Write the template of a new programme unless the register is kept already; what was done, and the file.

    Raises `click.ClickException` where it can't be written.
    """
    target = _target(here, folder, register, form)
    kept = _kept(target)
    if kept is None:
        _write(target, _content(register, _columns(here, register), [], form))
    file = kept or target
    shown = file.relative_to(folder) if file.is_relative_to(folder) else file
    return ("written" if kept is None else "exists "), shown.as_posix()


def _columns(here: "Here", register: str) -> list[Column]:
    known = _kept_as_rows(here)
    if register not in known:
        no_such("register", register, list(known), "soc2test schema")
    _, operation = known[register]
    assert operation.schema is not None  # noqa: S101  # asked before
    return columns_of(operation.schema())


def _target(here: "Here", folder: Path, register: str, form: str) -> Path:
    source_name, operation = _kept_as_rows(here)[register]
    exports = here.config.root / here.config.exports if here.config is not None else folder / "exports"
    return (exports / source_name / file_of(operation)).with_suffix(f".{form}")


def _from_here(file: Path) -> Path:
    """As people would write it in the current folder."""
    return file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file


def _kept_as_rows(here: "Here") -> dict[str, tuple[str, "Operation"]]:
    """Register -> its source and operation: whatever people may keep in a spreadsheet."""
    return {
        operation.name: (source.name, operation)
        for source in here.plugins.sources.values()
        for operation in source.operations.values()
        if operation.columns is not None and operation.schema is not None
    }


def _identities(here: "Here", source: str, register: str, columns: Sequence[Column]) -> list[list[str]]:
    """A row for each identity that the exports of a source list; what they do not tell is for people to fill in."""
    from datetime import UTC, datetime  # noqa: PLC0415  # read by this way alone

    from soc2test.cli.evidence import folder_of_exports, load  # noqa: PLC0415
    from soc2test.inventory.dating import Clock  # noqa: PLC0415
    from soc2test.resources.kinds import Identity  # noqa: PLC0415

    if register not in FILLED:
        raise click.UsageError(f"--from: fills {' and '.join(FILLED)} from identities, and no other register")
    if source not in here.plugins.sources:
        no_such("source", source, list(here.plugins.sources), "soc2test sources")
    inventory = load(here, folder_of_exports(here, None), Clock(datetime.now(UTC), None), of_any_age=True).inventory
    identities = [each for each in inventory.members(Identity) if each.origin.source == source]
    if not identities:
        raise click.ClickException(f"the exports of {source} list no identity: `soc2test evidence --source {source}`")
    lacks = next((gap for gap in inventory.gaps(Identity) if gap.source == source), None)
    if lacks is not None:
        click.echo(f"these may not be all accounts of {source}: {lacks.text}", err=True)
    rows = [_row(each, FILLED[register], columns) for each in identities]
    return sorted(row for row in rows if any(row))


def _row(identity: "Identity", filled: Mapping[str, str], columns: Sequence[Column]) -> list[str]:
    from soc2test.errors import UnknownFact  # noqa: PLC0415

    cells = []
    for column in columns:
        try:
            cells.append(str(getattr(identity, filled[column.name]) or "") if column.name in filled else "")
        except UnknownFact:
            cells.append("")
    return cells


def _kept(target: Path) -> Path | None:
    """The file in which the register is kept already: a second one would be held against it."""
    files = (target.with_suffix(suffix) for suffix in _SUFFIXES)
    return next((file for file in files if file.exists() or file.is_symlink()), None)


def _content(register: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], form: str) -> bytes:
    if form == "xlsx":
        return as_workbook(register.replace("_", " ").capitalize(), columns, rows)
    return (as_csv(columns, rows) if form == "csv" else as_yaml(register, columns, rows)).encode()


def _write(target: Path, content: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise click.ClickException(f"{_from_here(target)}: can't be written: {error.strerror}") from None


def _advise(form: str, rows: int) -> None:
    if rows:
        click.echo(f"\n{rows} rows are filled in as far as the exports tell; the rest is yours to say.")
    where = "exports/manifest.yaml (`soc2test seal`)" if form != "yaml" else "as_of in it"
    click.echo(f"\nThe row that begins with `example:` does not count. {where} says for which day it is right.")
