"""`soc2test diff`: what changed from one run to the next."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from soc2test.comparing.sides import Side

__all__ = ["command"]


@click.command("diff")
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@click.option(
    "--config", "file", metavar="FILE", type=click.Path(path_type=Path), help="The programme (default: soc2.yaml here)."
)
@click.option("--store", "place", metavar="DIR_OR_URL", help="The store (default: `store: at:` of soc2.yaml).")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, before: str, after: str, file: Path | None, place: str | None, form: str) -> None:
    """What changed from BEFORE to AFTER: verdicts, deviations new and closed, limits, evidence, policies and plugins.

    Each is a report folder, or the number of a record of the evidence store. A deviation is closed where the newer run
    looked at the whole population and it is none any more; where it did not, its evidence was pruned, or a limit has
    another value, nobody knows, and it is listed apart. So is what lies outside of the days of which the newer run
    tells: of two periods an event belongs to one. A record whose evidence was pruned can't be compared: what its run
    found of each resource went with it.
    `--format markdown` fits into a comment on a pull request.

    Exit codes: 0 nothing got worse, 1 there is a new deviation, one that is not told any more, or a worse verdict,
    or a side can't be read; 2 wrong usage.
    """
    from soc2test.cli.output import as_json  # noqa: PLC0415
    from soc2test.comparing.compare import compare  # noqa: PLC0415
    from soc2test.comparing.words import as_markdown, as_text  # noqa: PLC0415
    from soc2test.reports.plain import plain  # noqa: PLC0415

    changes = compare(_side(before, file, place), _side(after, file, place))
    if form == "json":
        click.echo(as_json({**plain(changes), "worse": changes.worse}))
    else:
        click.echo(as_text(changes) if form == "text" else as_markdown(changes), nl=form == "text")
    ctx.exit(1 if changes.worse else 0)


def _side(given: str, file: Path | None, place: str | None) -> "Side":
    """A folder, or a record. Raises `click.ClickException` where it can't be read."""
    from soc2test.cli.record import programme_here, store_of  # noqa: PLC0415
    from soc2test.comparing.sides import of_folder, of_record  # noqa: PLC0415
    from soc2test.errors import EvidenceError  # noqa: PLC0415
    from soc2test.store.objects import StoreError  # noqa: PLC0415

    try:
        if given.isascii() and given.isdigit() and not Path(given).is_dir():
            return of_record(store_of(programme_here(file), place), int(given))
        return of_folder(Path(given))
    except (EvidenceError, StoreError) as error:
        raise click.ClickException(str(error)) from None
