"""`soc2test seal`: counts and digests of what was collected go into the manifest."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from soc2test.evidence.record import Evidence

__all__ = ["command"]


@click.command("seal")
@click.option(
    "--config", "file", metavar="FILE", type=click.Path(path_type=Path), help="The programme (default: soc2.yaml here)."
)
@click.option(
    "--exports",
    metavar="DIR",
    help="Folder of the exports (default: as soc2.yaml says, else exports/).",
)
@click.option("--all", "everything", is_flag=True, help="Also files that the collecting script did not write.")
@click.option("--collector", metavar="NAME", default="", help="With --all: who collected them.")
@click.pass_context
def command(ctx: click.Context, file: Path | None, exports: str | None, everything: bool, collector: str) -> None:
    """Write into manifest.yaml what was collected: when, by whom, with which command, how many records, SHA-256.

    The script of `soc2test evidence --format sh` calls it at its end, and only files that it wrote are entered; what
    the manifest says of others stays. From then on a file that is cut, changed or lost is evidence that does not tie
    out. A file that was changed since it was collected is refused.

    Exit codes: 0 all was entered, 1 something was refused, or the folder can't be read or written, 2 wrong usage,
    4 soc2.yaml, a policy file or a plugin is wrong.
    """
    from datetime import UTC, datetime  # noqa: PLC0415  # `--help` needs none of it

    from soc2test.cli.evidence import folder_of_exports, load, url_of_exports  # noqa: PLC0415
    from soc2test.cli.here import open_here  # noqa: PLC0415
    from soc2test.cli.sealing import Sealed, seal, seal_rest  # noqa: PLC0415
    from soc2test.errors import EvidenceError  # noqa: PLC0415
    from soc2test.inventory.dating import Clock  # noqa: PLC0415

    if file is not None and not file.is_file():
        raise click.UsageError(f"--config: there is no file {file}")
    here = open_here(file.absolute() if file else None)
    if url_of_exports(here, exports) is not None:
        text = "what lies in an object store can't be sealed: seal the folder, then upload it"
        raise click.UsageError(f"--exports: {text}")
    folder = folder_of_exports(here, exports)
    here.report()

    now = datetime.now(UTC)

    def read() -> "tuple[Evidence, ...]":
        # what is counted depends neither on how old it is nor on whether that is known
        found: tuple[Evidence, ...] = load(here, folder, Clock(now, now), of_any_age=True).inventory.exports()
        return found

    done = Sealed()
    try:
        for each in (seal(folder, here, read), *([seal_rest(folder, collector, read)] if everything else [])):
            done.files += each.files
            done.refused += each.refused
    except EvidenceError as error:
        raise click.ClickException(f"nothing was sealed: {error}") from None
    except OSError as error:
        raise click.ClickException(f"the manifest can't be written: {error.strerror}") from None
    _tell(done.files, done.refused)
    if done.refused:
        ctx.exit(1)
    here.end(ctx)


def _tell(files: list[str], refused: list[tuple[str, str]]) -> None:
    from soc2test.reports.text import terminal_text  # noqa: PLC0415

    for name, reason in refused:
        click.echo(terminal_text(f"refused: {name}: {reason}", 400), err=True)
    click.echo(f"sealed {len(files)} files" + (f", {len(refused)} refused" if refused else ""))
