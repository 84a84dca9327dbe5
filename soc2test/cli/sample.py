"""`soc2test sample`: items of a population for somebody to test, drawn so that anybody can draw them again."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from soc2test.cli.completing import control_ids

if TYPE_CHECKING:
    from soc2test.sampling.population import Population
    from soc2test.sampling.sample import Asked
    from soc2test.sampling.verifying import Verified

__all__ = ["command"]


@click.command("sample")
@click.argument("control", metavar="CONTROL", shell_complete=control_ids)
@click.option("--size", type=click.IntRange(min=1), help="How many items (default: by the number in the population).")
@click.option("--higher", is_flag=True, help="The default size where more is relied on the control.")
@click.option("--seed", metavar="TEXT", help="Whoever draws chooses it; with the list's SHA-256 it fixes the order.")
@click.option("--spread", type=click.Choice(["none", "month"]), default="none", help="Items of each month in turn.")
@click.option("--report", type=click.Path(path_type=Path), default=Path("soc2-report"), help="The report folder.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write there (default: print).")
@click.option("--verify", "verified", type=click.Path(path_type=Path), metavar="FILE", help="Draw this sample again.")
@click.option(
    "--replace", "replaced", type=click.Path(path_type=Path), metavar="FILE",
    help="Add to this sample the next item for each that is marked as replaced.",
)  # fmt: skip
@click.option(
    "--direction", type=click.Choice(["population", "source"]), default="population",
    help="source: draw from another list and look each item up in the population.",
)  # fmt: skip
@click.option("--from", "other", type=click.Path(path_type=Path), metavar="FILE", help="With source: a CSV file.")
@click.option("--column", metavar="NAME", help="With source: the column of it that is looked up.")
@click.option("--match", metavar="NAME", default="id", help="With source: the column of the population's list.")
@click.pass_context
def command(  # the options of a command
    ctx: click.Context,
    control: str,
    size: int | None,
    higher: bool,
    seed: str | None,
    spread: str,
    report: Path,
    out: Path | None,
    verified: Path | None,
    replaced: Path | None,
    direction: str,
    other: Path | None,
    column: str | None,
    match: str,
) -> None:
    """Draw items of the population of CONTROL, as a CSV file with columns for what their documents show.

    The population is the list that the last run wrote, by its SHA-256. Under `result` goes "as recorded", "deviation"
    or "no document" (which is a deviation). An item that proves no member (void, a duplicate, from before the control's
    start) says under `replaced_because` why and under `replaced_by` who said so; `--replace FILE` draws the next of the
    same order for it. `--verify FILE` draws the sample again, names each cell that is not as it was drawn, and counts
    what was filled in: what deviates by the list is a deviation whatever stands under `result`, and of what the list
    does not tell (unknown, error, not named) nothing is as recorded. A seed, size or spread that is given with either
    has to be that of FILE.

    Size, seed and conclusion are the auditor's: nothing is extrapolated.

    Exit codes: 0 drawn, or verified and nothing deviates; 1 the sample differs, is not tested to its end, holds a
    deviation or what the list does not tell, an item is not in the population, or the list can't be read; 2 wrong
    usage.
    """
    from soc2test.errors import EvidenceError  # noqa: PLC0415
    from soc2test.sampling.population import read_population  # noqa: PLC0415

    try:
        population = read_population(report, control)
        if direction == "source":
            ctx.exit(_from_source(population, other, column, match, seed, size, higher=higher))
        elif verified is not None or replaced is not None:
            spread_given = ctx.get_parameter_source("spread") is ParameterSource.COMMANDLINE
            asked = _asked(population, size, seed, spread if spread_given else None, higher=higher)
            ctx.exit(_again(population, verified or replaced or Path(), asked, out, extend=replaced is not None))
        else:
            _draw(population, size, seed, spread, out, higher=higher)
    except EvidenceError as error:
        raise click.ClickException(str(error)) from None


def _draw(
    population: "Population", size: int | None, seed: str | None, spread: str, out: Path | None, *, higher: bool
) -> None:
    from soc2test.errors import EvidenceError  # noqa: PLC0415
    from soc2test.sampling.sample import Plan, draw  # noqa: PLC0415
    from soc2test.sampling.sample_file import as_csv  # noqa: PLC0415
    from soc2test.sampling.sizes import default_size  # noqa: PLC0415

    if seed is None:
        raise click.UsageError("--seed TEXT is needed: whoever draws chooses it, and tells it with the sample")
    if not population.items:
        raise EvidenceError(f"the list of {population.control}", "has no member that anything could be drawn of")
    if spread == "month" and not any(item.cells["event_date"][:1].isdigit() for item in population.items):
        raise EvidenceError(f"the list of {population.control}", "has no event dates: leave --spread month out")
    members = len(population.items)
    wanted = min(size or default_size(population.nature, members, higher=higher), members)
    plan = Plan(control=population.control, population=population.sha256, seed=seed, size=wanted, spread=spread)
    text = as_csv(plan, draw(population, plan), population.lacking)
    if out is None:
        click.echo(text, nl=False)
    else:
        _write(out, text)
    head = f"{wanted} of {members:,} members of {population.control} ({population.of})"
    for line in (head, plan.text, *_said(population)):
        click.echo(line, err=True)


def _asked(
    population: "Population", size: int | None, seed: str | None, spread: str | None, *, higher: bool
) -> "Asked":
    """How a file that is there is said to have been drawn: of a population that is smaller all of it."""
    from soc2test.sampling.sample import Asked  # noqa: PLC0415
    from soc2test.sampling.sizes import default_size  # noqa: PLC0415

    members = len(population.items)
    if size is None and higher:
        size = default_size(population.nature, members, higher=True)
    return Asked(seed=seed, size=None if size is None else min(size, members), spread=spread)


def _said(population: "Population") -> list[str]:
    """What is to be known of the population before anything is concluded from a sample of it."""
    lines = [f"nothing is drawn of {count} {name}" for name, count in population.aside.items()]
    lines += population.pruned
    if population.lacking:
        lines.append(population.lacking)
    if population.seen_on:
        lines.append(f"{population.seen_on}: its sheet names the others")
    if population.found:
        lines.append(f"the test over all of it: {population.found}")
    if population.run_lacks is not None:
        lines.append(f"the run was not complete: {population.run_lacks}")
    frozen = f"record {population.recorded}" if population.recorded else "matrix.json alone (see --soc2-record)"
    return [*lines, f"list SHA-256 {population.sha256}, frozen in {frozen}"]


def _write(out: Path, text: str) -> None:
    """Never over a file that is there: somebody may have filled it in."""
    from soc2test.errors import EvidenceError  # noqa: PLC0415

    try:
        with open(out, "x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        raise EvidenceError(str(out), "is there already: name another file, or take it away") from None
    except OSError as error:
        raise EvidenceError(str(out), f"can't be written: {error.strerror}") from None


def _again(population: "Population", file: Path, asked: "Asked", out: Path | None, *, extend: bool) -> int:
    from soc2test.errors import EvidenceError  # noqa: PLC0415
    from soc2test.sampling.sample import differences  # noqa: PLC0415
    from soc2test.sampling.sample_file import as_csv, read_sample  # noqa: PLC0415
    from soc2test.sampling.verifying import verify  # noqa: PLC0415

    plan, rows = read_sample(file)
    if plan.control != population.control:
        raise EvidenceError(str(file), f"is a sample of {plan.control}, not of {population.control}")
    found = verify(population, plan, rows)
    if others := differences(plan, asked):
        raise EvidenceError(str(file), f"was drawn by {'; '.join(others)}")
    if extend:
        if found.altered:
            raise EvidenceError(str(file), f"is not the sample that was drawn: {found.altered[0]}")
        text = as_csv(plan, found.drawn, population.lacking, {row.number: row for row in rows})
        if out is None:
            click.echo(text, nl=False)
        else:
            _write(out, text)
        for line in (plan.text, *_said(population)):
            click.echo(line, err=True)
        return 0
    for line in [*_counted(found, population), plan.text, *_said(population)]:
        click.echo(line)
    return 0 if found.holds else 1


def _counted(found: "Verified", population: "Population") -> list[str]:
    lines = [f"not the sample that was drawn: {text}" for text in found.different]
    lines += [f"replaced: {text}" for text in found.replaced]
    lines += [f"deviation: {text}" for text in found.deviations]
    lines += [f"not told by the list: {text}" for text in found.untold]
    told = f"{len(found.drawn) - len(found.replaced)} items: {found.tested} tested, {len(found.deviations)} deviate"
    told = f"{told}, {found.untested} not tested, {len(found.replaced)} replaced"
    untold = f", {len(found.untold)} not told by the list" if found.untold else ""
    lacking = "; of a list that is known to lack members" if population.lacks else ""
    return [*lines, f"{told}{untold}{lacking}"]


def _from_source(
    population: "Population",
    other: Path | None,
    column: str | None,
    match: str,
    seed: str | None,
    size: int | None,
    *,
    higher: bool,
) -> int:
    from soc2test.cli.output import table  # noqa: PLC0415
    from soc2test.sampling.looking_up import look_up, read_other  # noqa: PLC0415
    from soc2test.sampling.sizes import default_size  # noqa: PLC0415

    if other is None or column is None or seed is None:
        raise click.UsageError("--direction source needs --from FILE, --column NAME and --seed TEXT")
    listed = read_other(other, column)
    wanted = size or default_size("event", len(listed.values), higher=higher)
    found = look_up(listed, population, seed, wanted, match)
    rows = [(each.value, ", ".join(each.found) or "not in the population") for each in found]
    click.echo(table((column, population.control), rows, wide=(0, 1)))
    missing = sum(not each.found for each in found)
    click.echo(f"{len(found)} of {len(listed.values):,} looked up, {missing} not in the population")
    click.echo(f"drawn by seed {seed}, size {len(found)}")
    click.echo(f"{listed.file}: SHA-256 {listed.sha256}")
    for line in _said(population):
        click.echo(line)
    return 1 if missing else 0
