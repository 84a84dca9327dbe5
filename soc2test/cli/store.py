"""`soc2test store`: look at the evidence store, prove that it is whole, get a snapshot back, prune what is too old."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from soc2test.cli.here import Here
    from soc2test.store.chain import Link, Store
    from soc2test.store.checking import Checked
    from soc2test.store.schedule import Gap

__all__ = ["command"]

_BLIND = "A store can't see a run that was not recorded: hold these gaps against what CI and the schedule say."
_CONFIG = click.option(
    "--config", "file", metavar="FILE", type=click.Path(path_type=Path), help="The programme (default: soc2.yaml here)."
)
_STORE = click.option("--store", "place", metavar="DIR_OR_URL", help="The store (default: `store: at:` of soc2.yaml).")
_FORMAT = click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)


@click.group("store")
def command() -> None:
    """The evidence store: what was recorded, whether it is whole, a snapshot as a folder, and pruning."""


@command.command("list")
@_CONFIG
@_STORE
@_FORMAT
def list_records(file: Path | None, place: str | None, form: str) -> None:
    """List the records, oldest first, and what is missing by the schedule or the numbers of CI's runs.

    Exit codes: 0 listed, 1 the store can't be read, 2 wrong usage.
    """
    from soc2test.cli.output import as_json, table  # noqa: PLC0415

    here, store = _opened(file, place)
    links = _guarded(lambda: list(store.links()))
    missing = _gaps(here, links)
    if form == "json":
        click.echo(as_json({"records": [_as_record(link) for link in links], "gaps": [gap.text for gap in missing]}))
        return
    if links:
        click.echo(table(("number", "recorded at", "what", "files", "digest"), [_row(link) for link in links]))
        click.echo("")
    for line in _told(missing):
        click.echo(line)
    click.echo(f"{len(links)} records" + (f", head {links[-1].head.text}" if links else ""))


@command.command("check")
@_CONFIG
@_STORE
@click.option(
    "--head", "heads", metavar="NUMBER:DIGEST", multiple=True, help="A head that somebody wrote down: it must be there."
)
@_FORMAT
@click.pass_context
def check_store(ctx: click.Context, file: Path | None, place: str | None, heads: tuple[str, ...], form: str) -> None:
    """Read and hash all that was ever kept, follow the chain, and hold it against heads that others wrote down.

    What is proven: no record, and nothing that one names, was changed or taken away since a given head was written
    down. Without a --head that comes from somebody else's copy (CI's log, a mail to the auditor) the store vouches for
    itself alone. That a run was recorded at all is not proven: gaps by the schedule and by CI's numbers are listed.

    Exit codes: 0 whole, 1 something is wrong or can't be read, 2 wrong usage.
    """
    from soc2test.cli.output import as_json  # noqa: PLC0415
    from soc2test.store.checking import check  # noqa: PLC0415
    from soc2test.store.records import parse_head  # noqa: PLC0415

    try:
        given = [parse_head(text) for text in heads]
    except ValueError as error:
        raise click.UsageError(f"--head: {error}") from None
    here, store = _opened(file, place)
    checked = _guarded(lambda: check(store, given))
    missing = [] if checked.wrong else _gaps(here, _guarded(lambda: list(store.links())))
    if form == "json":
        click.echo(as_json(_as_checked(checked, missing)))
    else:
        for line in _lines(checked, missing, len(given)):
            click.echo(line)
    ctx.exit(1 if checked.wrong or not checked.records else 0)


@command.command("restore")
@_CONFIG
@_STORE
@click.argument("number", type=click.IntRange(min=1))
@click.argument("folder", type=click.Path(path_type=Path))
def restore_snapshot(file: Path | None, place: str | None, number: int, folder: Path) -> None:
    """Write the snapshot NUMBER into FOLDER, which is not there yet, as a programme with its exports.

    To test it again shows that the verdicts follow from this evidence, not that the evidence came from the systems.

    Exit codes: 0 written, 1 it is not there or not whole, 2 wrong usage.
    """
    from soc2test.store.restoring import restore  # noqa: PLC0415

    _, store = _opened(file, place)
    record = _guarded(lambda: store.link(number)).record
    files = _guarded(lambda: restore(store, record, folder))
    click.echo(f"{files} files of record {number} in {folder}")
    moment = f" --soc2-as-of={record.verdicts.as_of}" if record.verdicts is not None else ""
    click.echo(f"to test it again: cd {folder} && pytest --soc2 --soc2-exports=exports{moment}")


@command.command("prune")
@_CONFIG
@_STORE
@click.option("--before", metavar="DATE", required=True, help="Evidence recorded before this day goes.")
@click.option("--reason", metavar="TEXT", required=True, help="Why, for the record: the rule of retention.")
@click.option("--by", metavar="TEXT", required=True, help="Who decided it, for the record.")
@click.option("--finish", is_flag=True, help="Go on where one that pruned was killed.")
def prune_store(  # one for each option
    file: Path | None, place: str | None, before: str, reason: str, by: str, finish: bool
) -> None:  # fmt: skip
    """Take away evidence that is older than DATE. Its records and digests stay, and one more says what went and why.

    What a period of soc2.yaml (`periods:`) needs is refused.

    Exit codes: 0 done, 1 refused, 2 wrong usage.
    """
    import uuid  # noqa: PLC0415
    from os import environ  # noqa: PLC0415

    from soc2test.store.origin import ci_run, commit_of  # noqa: PLC0415
    from soc2test.store.pruning import prune  # noqa: PLC0415
    from soc2test.store.records import Origin  # noqa: PLC0415

    try:
        day = date.fromisoformat(before)
    except ValueError:
        raise click.UsageError("--before: a date is needed, such as 2026-01-01") from None
    here, store = _opened(file, place)
    config = here.config
    if config is None:
        raise click.UsageError("soc2.yaml is wrong: see above")
    commit, clean = commit_of(config.root)
    origin = Origin(
        recorded_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        commit=commit,
        clean=clean,
        ci=ci_run(environ),
        evidence_from=None,
        evidence_to=None,
        collections=(),
        witness=None,
        nonce=None,
    )
    needed = min((first for first, _ in config.periods), default=None)
    head, pieces = _guarded(
        lambda: prune(
            store, day, config.zone, needed_from=needed, origin=origin, system=config.system, id=uuid.uuid4().hex,
            reason=reason, by=by, finish=finish,
        )
    )  # fmt: skip
    if head is None:
        click.echo(f"nothing to prune: no evidence of before {day} is kept ({pieces} pieces that nobody named went)")
        return
    click.echo(f"{pieces} pieces went; record {head.number} says so")
    click.echo(f"head {head.text}")


def _opened(file: Path | None, place: str | None) -> "tuple[Here, Store]":
    from soc2test.cli.record import programme_here, store_of  # noqa: PLC0415

    here = programme_here(file)
    here.report()
    return here, _guarded(lambda: store_of(here, place))


def _guarded(ask: Any) -> Any:
    """What `ask` gives. Raises `click.ClickException` where the store refuses."""
    from soc2test.store.objects import StoreError  # noqa: PLC0415

    try:
        return ask()
    except StoreError as error:
        raise click.ClickException(str(error)) from None


def _gaps(here: "Here", links: "list[Link]") -> "list[Gap]":
    from soc2test.store.schedule import gaps  # noqa: PLC0415

    config = here.config
    if config is None:
        return []
    return gaps(links, config.zone, config.schedule, datetime.now(UTC))


def _told(missing: "list[Gap]") -> "Iterator[str]":
    yield from (gap.text for gap in missing)
    yield _BLIND


def _row(link: "Link") -> tuple[str, ...]:
    record = link.record
    if record.kept is None:
        pruned = record.pruned
        what = f"pruned what was recorded before {pruned.before}" if pruned is not None else "nothing"
        return (str(record.number), record.origin.recorded_at, what, "-", link.head.digest[:12])
    what = "exports alone" if record.verdicts is None else _verdicts(record.verdicts)
    return (str(record.number), record.origin.recorded_at, what, str(record.kept.files), link.head.digest[:12])


def _verdicts(verdicts: Any) -> str:
    counts: dict[str, int] = {}
    for verdict in verdicts.controls.values():
        counts[str(verdict)] = counts.get(str(verdict), 0) + 1
    text = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))
    return text if verdicts.complete else f"not complete: {text}"


def _as_record(link: "Link") -> dict[str, Any]:
    from msgspec import to_builtins  # noqa: PLC0415

    return {"head": link.head.text, **to_builtins(link.record)}


def _as_checked(checked: "Checked", missing: "list[Gap]") -> dict[str, Any]:
    from msgspec import to_builtins  # noqa: PLC0415

    head = None if checked.head is None else checked.head.text
    return {**to_builtins(checked), "head": head, "gaps": [gap.text for gap in missing]}


def _lines(checked: "Checked", missing: "list[Gap]", heads: int) -> "Iterator[str]":
    yield from (f"wrong: {text}" for text in checked.wrong)
    pruned = f", of {checked.pruned} of which the evidence was pruned" if checked.pruned else ""
    yield f"{checked.records} records, {checked.snapshots} snapshots{pruned}; {checked.pieces} pieces read and hashed"
    if checked.unnamed:
        yield f"{checked.unnamed} pieces that no record names: of a writer that was killed, or being written now"
    if checked.head is not None:
        yield f"head {checked.head.text}"
    if checked.wrong:
        yield "NOT WHOLE"
        return
    yield from _told(missing)
    if not checked.records:
        yield "nothing was ever recorded here"
    elif heads:
        yield f"whole: nothing was changed since the {'head was' if heads == 1 else f'{heads} heads were'} written down"
    else:
        yield "whole by its own word: give --head with what somebody else wrote down"
