"""`soc2test controls`: all controls, or everything about one."""

from typing import TYPE_CHECKING, Any

import click

from soc2test.cli.completing import control_ids, criterion_ids

if TYPE_CHECKING:
    from collections.abc import Mapping

    from soc2test.cli.here import Known
    from soc2test.controls.control import Control

__all__ = ["command"]


@click.command("controls")
@click.argument("id", required=False, shell_complete=control_ids)
@click.option(
    "--criterion", metavar="ID", shell_complete=criterion_ids, help="Only controls that test or support this criterion."
)
@click.option("--draft", is_flag=True, help="Write controls.draft.yaml: a first draft of the company's own controls.")
@click.option("--format", "form", type=click.Choice(["table", "json", "markdown"]), default="table", show_default=True)
@click.pass_context
def command(ctx: click.Context, id: str | None, criterion: str | None, form: str, draft: bool) -> None:
    """List the controls, or explain the one with ID.

    Of one control: the criteria it tests and supports, its population, the facts it reads and the exports that tell
    them, its limits and how to set your own. `--format markdown` prints them as a page.

    --draft groups the tests of the categories in scope into controls that you reword, give people to and save as
    controls.yaml beside soc2.yaml: from then on every report is by your own controls.
    """
    from soc2test.cli.controls_page import page  # noqa: PLC0415
    from soc2test.cli.describe import describe, explain  # noqa: PLC0415  # `--help` needs none of it
    from soc2test.cli.here import no_such, open_here  # noqa: PLC0415
    from soc2test.cli.output import as_json  # noqa: PLC0415
    from soc2test.criteria import CRITERIA  # noqa: PLC0415

    if criterion is not None and criterion not in CRITERIA:
        no_such("criterion", criterion, list(CRITERIA), "soc2test criteria")
    here = open_here()
    here.proofs  # noqa: B018  # read first: a file of proofs that can't be read is told with the other problems
    here.report()
    known = here.controls()
    if draft:
        from soc2test.cli.draft import write_draft  # noqa: PLC0415

        if id is not None or criterion is not None or here.config is None:
            raise click.UsageError("--draft stands alone, in the folder of soc2.yaml (`soc2test init` starts one)")
        click.echo(write_draft(here.config, known))
        here.end(ctx)
    if id is not None and id not in known:
        no_such("control", id, list(known), "soc2test controls")
    if form == "markdown":
        wanted = [known[id]] if id is not None else _wanted(known, criterion)
        click.echo(page([describe(each, here) for each in wanted]), nl=False)
    elif id is not None:
        one = describe(known[id], here)
        click.echo(as_json(one) if form == "json" else explain(one))
        for wrong in one["misspelt"]:
            here.problems.append(wrong)
            click.echo(wrong, err=True)
    else:
        wanted = _wanted(known, criterion)
        click.echo(as_json([describe(each, here) for each in wanted]) if form == "json" else _listed(wanted))
    here.end(ctx)


def _wanted(known: "Mapping[str, Known]", criterion: str | None) -> "list[Known]":
    return [
        each for each in known.values()
        if criterion is None or criterion in (*each.control.criteria, *each.control.supports)
    ]  # fmt: skip


def _listed(wanted: list[Any]) -> str:
    from soc2test.cli.output import table  # noqa: PLC0415

    rows = [
        (known.control.id, known.control.title, _criteria(known.control), known.control.severity,
         known.control.nature, known.control.kinds[0].__name__)
        for known in wanted
    ]  # fmt: skip
    columns = ("id", "title", "criteria", "severity", "nature", "kind")
    return f"{table(columns, rows, wide=(1,))}\n\n{len(rows)} controls"


def _criteria(control: "Control") -> str:
    """Those that it tests; of one that tests none, why it has none."""
    return " ".join(control.criteria) or ("the evidence itself" if control.reliance else "supports only")
