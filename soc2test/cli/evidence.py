"""`soc2test evidence`: what the exports hold, what is missing, what does not tie out, what nobody reads."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from soc2test.cli.here import Here
    from soc2test.evidence.files import Found
    from soc2test.inventory.dating import Clock

__all__ = ["clock_of", "command", "copied", "folder_of_exports", "load", "url_of_exports"]


@click.command("evidence")
@click.option(
    "--config", "file", metavar="FILE", type=click.Path(path_type=Path), help="The programme (default: soc2.yaml here)."
)
@click.option(
    "--exports",
    metavar="DIR",
    help="Folder of the exports, or its URL in an object store (default: as soc2.yaml says, else exports/).",
)
@click.option(
    "--as-of",
    metavar="TIME",
    help="The moment that ages count from, ISO 8601; a day stands for its end (default: now).",
)
@click.option("--source", metavar="NAME", help="Only what belongs to this source.")
@click.option("--problems", is_flag=True, help="Only what is wrong.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "sh"]),
    default="table",
    show_default=True,
    help="sh: a script of the commands for what is missing.",
)
@click.pass_context
def command(
    ctx: click.Context,
    file: Path | None,
    exports: str | None,
    as_of: str | None,
    source: str | None,
    problems: bool,
    form: str,
) -> None:
    """List the exports with their provenance, and what is missing, does not tie out or is read by no source.

    The folder is read as `pytest --soc2` reads it, and no content is shown. Without a soc2.yaml, name the folder with
    --exports.

    Exit codes: 0 all was read, whatever is wrong with the evidence (`pytest --soc2` judges that), 1 the folder can't
    be read, 2 wrong usage, 4 soc2.yaml, a policy file or a plugin is wrong (what loads is listed all the same).
    """  # fmt: skip
    from soc2test.cli.evidence_records import narrowed, records  # noqa: PLC0415  # `--help` needs none of it
    from soc2test.cli.evidence_tables import as_tables  # noqa: PLC0415
    from soc2test.cli.evidence_wanted import met  # noqa: PLC0415
    from soc2test.cli.here import no_such, open_here  # noqa: PLC0415
    from soc2test.reports.text import json_dump  # noqa: PLC0415

    clock = clock_of(as_of)
    if file is not None and not file.is_file():
        raise click.UsageError(f"--config: there is no file {file}")
    here = open_here(file.absolute() if file else None)
    if source is not None and source not in here.plugins.sources:
        no_such("source", source, list(here.plugins.sources), "soc2test sources")
    if (url := url_of_exports(here, exports)) is not None and form == "sh":
        raise click.UsageError("--format sh: the script collects into a folder: name one with --exports DIR")
    folder, lost = copied(ctx, here, url) if url else (folder_of_exports(here, exports), ())
    here.report()
    loaded = load(here, folder, clock, lost=lost)
    _blame(here)
    reasons = met(loaded, here)
    found = narrowed(records(loaded, here, clock, reasons), source, problems)
    if form == "sh":
        again = [] if file is None else ["--config", str(_from_here(file.absolute()))]
        _print(_script(loaded, here, found, source, reasons, _from_here(folder), again))
    else:
        _print(json_dump(found, indent=2) if form == "json" else as_tables(found))
    here.end(ctx)


def _script(
    loaded: Any, here: "Here", found: Any, source: str | None, reasons: Any, folder: Path, again: list[str]
) -> str:
    """The collecting script. Raises `click.ClickException` where the journal of earlier rounds can't be read."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from soc2test.cli.evidence_calls import Asked, plan  # noqa: PLC0415
    from soc2test.cli.evidence_script import as_script  # noqa: PLC0415
    from soc2test.cli.evidence_wanted import failed  # noqa: PLC0415
    from soc2test.errors import EvidenceError  # noqa: PLC0415
    from soc2test.evidence.journal import counts  # noqa: PLC0415

    try:
        often = counts(folder, datetime.now(UTC))
    except EvidenceError as error:
        raise click.ClickException(f"what was collected before can't be read: {error}") from None
    asked = Asked(evidence={each.id: each for each in loaded.inventory.exports()}, counts=often)
    calls = [call for call in failed(loaded, here, reasons) if source in (None, call.source)]
    stages, later = plan(found, calls, here, asked)
    return as_script(stages, later, found, folder, again)


def clock_of(as_of: str | None) -> "Clock":
    from datetime import UTC, datetime  # noqa: PLC0415

    from soc2test.inventory.dating import Clock, given_moment  # noqa: PLC0415

    try:
        return Clock(datetime.now(UTC), given_moment(as_of) if as_of else None)
    except ValueError as error:
        raise click.UsageError(f"--as-of: {error}") from None


def url_of_exports(here: "Here", given: str | None) -> str | None:
    """The URL that the exports lie at, None where they lie in a folder."""
    from soc2test.remote.urls import is_url  # noqa: PLC0415  # `--help` needs none of it

    if given is not None:
        return given if is_url(given) else None
    return (here.config.exports_url or None) if here.config is not None else None


def copied(ctx: click.Context, here: "Here", text: str) -> "tuple[Path, tuple[Found, ...]]":
    """A copy of what lies at a URL until the command ends, and what could not be copied. Raises `click.UsageError`."""
    from soc2test.evidence.read_limits import ReadLimits  # noqa: PLC0415
    from soc2test.progress.line import Line  # noqa: PLC0415
    from soc2test.progress.stderr import Stderr  # noqa: PLC0415
    from soc2test.remote.mirroring import mirror  # noqa: PLC0415
    from soc2test.remote.urls import RemoteError, parse_url  # noqa: PLC0415

    limits = here.config.reading if here.config is not None else ReadLimits()
    line = Line(Stderr())
    try:
        copy = mirror(parse_url(text, Path(text)), limits, line)
    except RemoteError as error:
        raise click.UsageError(f"--exports: {error}") from None
    finally:
        line.end()
    ctx.call_on_close(copy.remove)
    return copy.root, copy.lost


def folder_of_exports(here: "Here", given: str | None) -> Path:
    """The exports folder; that of a programme may not be there yet, then all is missing."""
    if given is not None:
        folder = Path(given)
        if not folder.is_dir():
            raise click.UsageError(f"--exports: there is no folder {folder}")
        return folder
    if here.config is not None:
        return here.config.root / here.config.exports
    folder = Path.cwd() / "exports"
    if not folder.is_dir():
        raise click.UsageError("there is no soc2.yaml and no exports/ here: name the folder with --exports DIR")
    return folder


def _from_here(folder: Path) -> Path:
    """As people would write it in the current folder."""
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def load(here: "Here", folder: Path, clock: "Clock", *, of_any_age: bool = False, lost: "Sequence[Found]" = ()) -> Any:
    """The exports, read; what is stale counts where `of_any_age`. `lost` are files that the folder should hold.

    Raises `click.ClickException` where the folder as a whole is refused.
    """
    from datetime import timedelta  # noqa: PLC0415

    import msgspec  # noqa: PLC0415

    from soc2test.errors import EvidenceError  # noqa: PLC0415
    from soc2test.inventory.load import load_inventory  # noqa: PLC0415
    from soc2test.inventory.opening import opened, request_for  # noqa: PLC0415
    from soc2test.progress.line import Line  # noqa: PLC0415
    from soc2test.progress.stderr import Stderr  # noqa: PLC0415

    controls = [known.control for known in here.controls().values()]
    asked = here.config, here.plugins, here.declared, controls, folder, clock
    request = request_for(*asked, all_loaded=not here.problems)
    line = Line(Stderr())
    request = msgspec.structs.replace(request, watch=line, lost=lost)
    if of_any_age:
        request = msgspec.structs.replace(request, max_age=dict.fromkeys(request.max_age, timedelta.max))
    try:
        return load_inventory(request) if of_any_age else opened(here.config, request)
    except EvidenceError as error:
        raise click.ClickException(f"the exports can't be read: {error}") from None
    except OSError as error:  # a folder that may not be listed
        raise click.ClickException(f"the exports can't be read: {error.strerror}") from None
    finally:
        line.end()


def _blame(here: "Here") -> None:
    """Name the plugins that broke while they were asked for files."""
    from soc2test.reports.secret_values import redact  # noqa: PLC0415
    from soc2test.reports.text import terminal_text  # noqa: PLC0415

    for problem in here.plugins.problems:
        if problem not in here.problems:
            here.problems.append(problem)
            click.echo(terminal_text(redact(problem), 400), err=True)


def _print(text: str) -> None:
    """Print it, whatever the encoding of stdout lacks."""
    import sys  # noqa: PLC0415

    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding))
