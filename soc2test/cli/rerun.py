"""`soc2test rerun`: the tests of an evidence pack once more, held against what its report says."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from soc2test.pack.rerunning import Again

__all__ = ["command"]


@click.command("rerun")
@click.argument("pack", type=click.Path(path_type=Path))
@click.argument("control", required=False)
@click.pass_context
def command(ctx: click.Context, pack: Path, control: str | None) -> None:
    """Run the tests of PACK again, or CONTROL alone, and hold what comes out against its report.

    The pack is verified first; its own tests are Python programs and are run. No network is needed. That all comes
    out again shows that the results follow from the evidence in the pack: neither that the evidence came from the
    systems, nor that the tests are the right ones.

    Exit codes: 0 all came out again, but for what rests on documents that are left out; 1 something came out
    otherwise, or the pack is not verified; 2 wrong usage.
    """
    from soc2test.pack.names import PackError  # noqa: PLC0415
    from soc2test.pack.opening import opened  # noqa: PLC0415
    from soc2test.pack.rerunning import rerun  # noqa: PLC0415
    from soc2test.pack.verifying import verify  # noqa: PLC0415

    try:
        with opened(pack) as folder:
            verified = verify(folder)
            if verified.wrong or verified.about is None:
                raise PackError(f"it is not verified, and nothing was run: {verified.wrong[0]}")
            again = rerun(folder, verified.about, control)
    except PackError as error:
        raise click.ClickException(str(error)) from None
    differing = [each for each in again if not each.same]
    for each in differing:
        click.echo(_line(each))
    rest = sum(not each.same and bool(each.left_out) for each in again)
    click.echo(f"{len(again) - len(differing)} of {len(again)} tests came out as the report says")
    if rest:
        click.echo(f"{rest} rest on documents that are left out of the pack")
    click.echo("This shows that results follow from this evidence: not where it came from, nor that a test is enough.")
    ctx.exit(1 if len(differing) > rest else 0)


def _line(again: "Again") -> str:
    said, now = again.said or "not told", again.now or "not run"
    what = f"{said} in the report, {now} now" if said != now else f"{now} as in the report, and not for the same"
    why = f"; it names {', '.join(again.left_out)}, which is left out" if again.left_out else ""
    return f"{again.control}: {what}{why}"
