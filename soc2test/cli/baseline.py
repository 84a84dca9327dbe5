"""`soc2test baseline`: the deviations of the last run as known ones, and later those of them that are left."""

from pathlib import Path

import click

__all__ = ["command"]


@click.command("baseline")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--report", type=click.Path(path_type=Path), default=Path("soc2-report"), help="The report folder.")
def command(file: Path, report: Path) -> None:
    """Write the deviations of the last run into FILE; where it is there, take out what is no deviation any more.

    `pytest --soc2 --soc2-baseline=FILE` then fails for new deviations alone. Nothing is ever added to a baseline: what
    is new is to be mended, exempt or waived. It changes exit codes and no report; a run that is recorded and a period
    refuse it.

    Exit codes: 0 written, 1 the report is none of a whole run or the file is no baseline, 2 wrong usage.
    """
    from soc2test.comparing.sides import of_folder  # noqa: PLC0415
    from soc2test.errors import EvidenceError, ProgrammeError  # noqa: PLC0415
    from soc2test.programme.baseline import as_baseline, load_baseline, shrunk  # noqa: PLC0415

    try:
        side = of_folder(report)
        if not side.complete:
            raise EvidenceError(str(report), "is of a run that is not complete: what it did not test may deviate")
        found = list(side.findings.values())
        if file.exists():
            text, gone = shrunk(load_baseline(file), found, side.controls)
            said = f"{file}: {gone} entries taken out" if gone else f"{file}: nothing to take out"
        else:
            text = as_baseline(found)
            said = f"{file}: {sum(line['outcome'] == 'deviation' for line in found)} known deviations"
        file.write_text(text, encoding="utf-8")
    except (EvidenceError, ProgrammeError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{file}: can't be written: {error.strerror}") from None
    click.echo(said)
