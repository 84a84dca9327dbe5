"""`soc2test lint`: what is wrong with the mapping of controls, which no run of them would show."""

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from soc2test.cli.here import Here
    from soc2test.linting.finding import LintFinding

__all__ = ["command"]

_FOUND = 1


@click.command("lint")
@click.option("--format", "form", type=click.Choice(["lines", "json"]), default="lines", show_default=True)
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """Look for mistakes in the mapping of controls to criteria, kinds, facts and limits, and in their wording.

    Each line is a place, what it is about, what is wrong and the way out, and the rule in brackets. In a folder with
    a soc2.yaml its own policies, plugins and exceptions are looked at too. No evidence is read.

    Exit codes: 0 nothing was found, 1 something was, 2 wrong usage, 4 soc2.yaml, a policy file or a plugin is wrong
    (what loads is looked at all the same).
    """
    from soc2test.cli.here import open_here  # noqa: PLC0415  # `--help` needs none of it
    from soc2test.cli.output import as_json  # noqa: PLC0415
    from soc2test.linting.looked_at import LookedAt  # noqa: PLC0415
    from soc2test.linting.rules import lint  # noqa: PLC0415

    here = open_here()
    here.report()
    looked_at = LookedAt(packs=tuple(here.packs), plugins=here.plugins, config=here.config)
    findings = lint(looked_at)
    controls = len(looked_at.controls)
    click.echo(as_json(_record(findings, controls, here)) if form == "json" else _lines(findings, controls))
    if findings and not here.problems:
        ctx.exit(_FOUND)
    here.end(ctx)


def _lines(findings: "list[LintFinding]", controls: int) -> str:
    from soc2test.reports.secret_values import redact  # noqa: PLC0415

    lines = [redact(f"{each.place}: {each.subject}: {each.text} [{each.rule}]") for each in findings]
    count = f"{len(findings)} finding{'' if len(findings) == 1 else 's'}" if findings else "nothing found"
    return "\n".join([*lines, f"{controls} controls looked at, {count}"])


def _record(findings: "list[LintFinding]", controls: int, here: "Here") -> dict[str, Any]:
    return {
        "schema": "lint/1",
        "controls": controls,
        "findings": [
            {"rule": each.rule, "file": each.file, "line": each.line, "subject": each.subject, "text": each.text}
            for each in findings
        ],
        "not_loaded": list(here.problems),
    }
