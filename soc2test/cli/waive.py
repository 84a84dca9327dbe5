"""`soc2test waive`: an entry of waivers.yaml for a deviation that the last run found."""

from pathlib import Path

import click

__all__ = ["command"]


@click.command("waive")
@click.argument("finding", metavar="FINDING")
@click.option(
    "--config", "file", metavar="FILE", type=click.Path(path_type=Path), help="The programme (default: soc2.yaml here)."
)
@click.option(
    "--report",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The run that found it (default: soc2-report/ beside soc2.yaml).",
)
@click.option("--reason", metavar="TEXT", help="Why it is accepted, in a sentence.")
@click.option("--owner", metavar="EMAIL", help="Who answers for it.")
@click.option("--approver", metavar="EMAIL", help="Who else accepted it.")
@click.option("--compensating", metavar="ID", help="The control that makes up for it meanwhile, if one does.")
@click.option("--opened", metavar="DAY", help="The first day in force (default: today).")
@click.option("--expires", metavar="DAY", help="The last day in force, at most a year after the first.")
@click.pass_context
def command(
    ctx: click.Context,
    finding: str,
    file: Path | None,
    report: Path | None,
    reason: str | None,
    owner: str | None,
    approver: str | None,
    compensating: str | None,
    opened: str | None,
    expires: str | None,
) -> None:
    """Write an entry for FINDING into waivers.yaml: its id in findings.ndjson, or CONTROL:RESOURCE.

    What stands there stays as it is. What is not given is written as TODO, and no run begins until somebody fills it
    in: nobody is named who was not told. A deviation under a waiver is accepted for a time, and is a deviation still.

    Exit codes: 0 the entry is written, 1 it was refused, or a file can't be read or written, 2 wrong usage,
    4 soc2.yaml, a policy file or a plugin is wrong.
    """
    from soc2test.cli.here import PROGRAMME_WRONG, open_here  # noqa: PLC0415  # `--help` needs none of it
    from soc2test.cli.waiver_entry import TODO, Given, write_waiver  # noqa: PLC0415
    from soc2test.cli.waiver_findings import finding_in  # noqa: PLC0415
    from soc2test.reports.text import terminal_text  # noqa: PLC0415

    if file is not None and not file.is_file():
        raise click.UsageError(f"--config: there is no file {file}")
    here = open_here(file.absolute() if file else None)
    here.report()
    if here.config is None:
        ctx.exit(PROGRAMME_WRONG if here.problems else _nowhere())
    given = Given(
        deviation=finding_in(report or here.config.root / "soc2-report", finding),
        reason=reason,
        owner=owner,
        approver=approver,
        compensating=compensating,
        opened=opened,
        expires=expires,
    )
    controls = {id: known.control for id, known in here.controls().items()}
    written = write_waiver(here.config, controls, given)
    click.echo(terminal_text(written.text, 2000))
    for name in written.missing:
        click.echo(f"to fill in: {name}: {TODO[name]}")
    here.end(ctx)


def _nowhere() -> int:
    raise click.UsageError("there is no soc2.yaml here: name it with --config")
