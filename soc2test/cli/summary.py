"""`soc2test summary`: a page for customers that says which tests management runs."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from soc2test.cli.here import Here

__all__ = ["command"]


@click.command("summary")
@click.option(
    "--report", type=click.Path(path_type=Path), help="The report folder (default: soc2-report beside soc2.yaml)."
)
@click.option(
    "--config", "file", metavar="FILE", type=click.Path(path_type=Path), help="The programme (default: soc2.yaml here)."
)
def command(report: Path | None, file: Path | None) -> None:
    """Print a page of what management tests: categories, controls, tests, how often and since when. Markdown.

    It tells no verdict, count or date of a run's result. A test is on it where the last run found evidence to test:
    what could not be tested is not said to be.

    Exit codes: 0 printed, 1 there is no report of a run that ended, 2 wrong usage.
    """
    import json  # noqa: PLC0415  # `--help` needs none of it

    from soc2test.cli.record import programme_here  # noqa: PLC0415
    from soc2test.pack.summary import Told, summary  # noqa: PLC0415
    from soc2test.store.reported import ReportRefused, results_in  # noqa: PLC0415

    here = programme_here(file)
    here.report()
    config = here.config
    if config is None:
        raise click.ClickException("soc2.yaml is wrong: see above")
    folder = report or config.root / "soc2-report"
    try:
        results = results_in(folder)
    except ReportRefused as error:
        raise click.ClickException(f"{folder.name}/ {error}: run `pytest --soc2` first") from None
    day = results.as_of.time.astimezone(config.zone).date()
    lines = (json.loads(line) for line in results.controls.splitlines())
    told = Told(
        system=config.system,
        categories=config.categories,
        tests=[line for line in lines if line.get("schema") == "control/2"],
        controls=[each for each in here.company if each.in_force(day)],
        schedule=config.schedule if config.store else None,
        since=_since(here),
    )
    click.echo(summary(told), nl=False)


def _since(here: "Here") -> str | None:
    """The day of the first record of the evidence store; None where there is none that can be read."""
    from soc2test.cli.record import store_of  # noqa: PLC0415
    from soc2test.errors import Soc2Error  # noqa: PLC0415

    if here.config is None or not here.config.store:
        return None
    try:
        first = next(store_of(here, None).links(), None)
    except Soc2Error as error:
        click.echo(f"since when evidence is kept is left out: {error}", err=True)
        return None
    return None if first is None else first.record.origin.recorded_at[: len("2026-01-01")]
