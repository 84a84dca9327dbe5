"""`soc2test record`: keep the exports of today in the evidence store, with the verdicts of the run that tested them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from soc2test.cli.here import Here
    from soc2test.store.chain import Store
    from soc2test.store.recording import Results

__all__ = ["command", "programme_here", "store_of"]

_WAY_OUT = "run `pytest --soc2 --soc2-record`, or record --without-verdicts"


@click.command("record")
@click.option(
    "--config", "file", metavar="FILE", type=click.Path(path_type=Path), help="The programme (default: soc2.yaml here)."
)
@click.option("--exports", metavar="DIR", help="Folder of the exports (default: as soc2.yaml says, else exports/).")
@click.option("--store", "place", metavar="DIR_OR_URL", help="The evidence store (default: `store: at:` of soc2.yaml).")
@click.option(
    "--report",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Artifacts of the run that tested these very exports (default: soc2-report/ where there is one).",
)
@click.option("--without-verdicts", is_flag=True, help="Keep the exports alone, whatever a run found.")
@click.option("--redact", is_flag=True, help="Keep the exports with their secrets replaced; the record says so.")
@click.option("--witness", metavar="TEXT", help="Who was present, such as FIRM, NAME.")
@click.option("--nonce", metavar="TEXT", help="A text that somebody else chose just now.")
@click.pass_context
def command(  # one for each option
    ctx: click.Context, file: Path | None, exports: str | None, place: str | None, report: Path | None,
    without_verdicts: bool, redact: bool, witness: str | None, nonce: str | None,
) -> None:  # fmt: skip
    """Append a snapshot to the evidence store: the exports as they are, the programme's files, and what a run found.

    `pytest --soc2 --soc2-record` tests and records in one go. This command tests nothing: it takes the verdicts from
    the report of a run, where that was over these very exports, and records none where there is no report. It prints
    the head: the number of the record and its digest. Keep a copy where nobody who can write to the store can change
    it; `soc2test store check --head` holds the store against it.

    Exit codes: 0 it is kept, 1 nothing was recorded, 2 wrong usage, 4 soc2.yaml, a policy file or a plugin is wrong.
    """
    from soc2test.cli.evidence import copied, folder_of_exports, url_of_exports  # noqa: PLC0415  # not for `--help`
    from soc2test.errors import Soc2Error  # noqa: PLC0415
    from soc2test.store.objects import Unsure  # noqa: PLC0415
    from soc2test.store.recording import Given, record  # noqa: PLC0415

    here = programme_here(file)
    config = here.config
    if config is None:
        here.report()
        here.end(ctx)
        return
    url = url_of_exports(here, exports)
    folder, lost = copied(ctx, here, url) if url else (folder_of_exports(here, exports), ())
    here.report()
    results = None if without_verdicts else _results(config.root / "soc2-report", report)
    if results is not None:
        _check_collected(here, folder, results)
    given = Given(
        root=config.root,
        file=config.file,
        system=config.system,
        exports=folder,
        reading=config.reading,
        url=url or "",
        lost=tuple(lost),
        results=results,
        documents=_documents(here, folder) if results is None else {},
        redacted=redact,
        witness=witness,
        nonce=nonce,
    )
    try:
        store = store_of(here, place)
        head = record(store, given, datetime.now(UTC))
    except Unsure as error:
        raise click.ClickException(f"it is not known whether anything was recorded: {error}") from None
    except Soc2Error as error:
        raise click.ClickException(f"nothing was recorded: {error}") from None
    found = "with the verdicts of the run" if results is not None else "without verdicts: no run tested these exports"
    click.echo(f"record {head.number} of {store.shown}, {found}")
    click.echo(f"head {head.text}")
    here.end(ctx)


def _documents(here: "Here", exports: Path) -> Mapping[str, str]:
    """The documents that rows of the exports name, with their digests."""
    from soc2test.cli.evidence import clock_of, load  # noqa: PLC0415

    documents: Mapping[str, str] = load(here, exports, clock_of(None), of_any_age=True).documents
    return documents


def _check_collected(here: "Here", exports: Path, results: "Results") -> None:
    """Raises `click.ClickException` where exports were collected anew since the run, with the same content too."""
    from soc2test.cli.evidence import clock_of, load  # noqa: PLC0415
    from soc2test.store.reported import collected_otherwise  # noqa: PLC0415

    lying = load(here, exports, clock_of(None), of_any_age=True).inventory.exports()
    wrong = collected_otherwise(results, [(each.path, each.collected_at) for each in lying if not each.gone])
    if wrong:
        raise click.ClickException(f"nothing was recorded: {wrong}: {_WAY_OUT}")


def programme_here(file: Path | None) -> "Here":
    """The programme that is meant. Raises `click.UsageError` where there is none."""
    from soc2test.cli.here import open_here  # noqa: PLC0415

    if file is not None and not file.is_file():
        raise click.UsageError(f"--config: there is no file {file}")
    if file is None and not (Path.cwd() / "soc2.yaml").is_file():
        raise click.UsageError("there is no soc2.yaml here: go to the programme's folder, or give --config")
    return open_here(file.absolute() if file else None)


def store_of(here: "Here", given: str | None) -> "Store":
    """The evidence store that is meant. Raises `StoreError`, `click.UsageError`."""
    from soc2test.store.chain import open_store  # noqa: PLC0415

    if given:
        return open_store(given, Path.cwd())
    if here.config is None or not here.config.store:
        raise click.UsageError("which store? Write `store: {at: FOLDER_OR_URL}` in soc2.yaml, or give --store")
    return open_store(here.config.store, here.config.root)


def _results(usual: Path, given: Path | None) -> "Results | None":
    """What the report of a run says; None where there is none in the usual place. Raises `click.ClickException`."""
    from soc2test.store.reported import ReportRefused, results_in  # noqa: PLC0415

    folder = given or usual
    if given is None and not (usual / "matrix.json").is_file():
        return None
    try:
        return results_in(folder)
    except ReportRefused as error:
        text = f"{folder.name}/ {error}: {_WAY_OUT}"
        raise click.ClickException(f"nothing was recorded: {text}") from None
