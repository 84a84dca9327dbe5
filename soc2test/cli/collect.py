"""`soc2test collect`: the calls that the declared sources and the controls need are made, and their answers kept."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from soc2test.cli.here import Here

__all__ = ["command"]


@click.command("collect")
@click.option(
    "--config", "file", metavar="FILE", type=click.Path(path_type=Path), help="The programme (default: soc2.yaml here)."
)
@click.option("--exports", metavar="DIR", help="Folder of the exports (default: as soc2.yaml says, else exports/).")
@click.option("--source", "only", metavar="NAME", multiple=True, help="Only this source; may be given more than once.")
@click.option("--plan", "plan_only", is_flag=True, help="Print the calls that can be named now, and make none.")
@click.option("--afresh", is_flag=True, help="Begin anew, also where a collection was interrupted today.")
@click.option(
    "--jobs", metavar="COUNT", type=click.IntRange(1, 64), default=8, show_default=True, help="Calls beside each other."
)
@click.option("--witness", metavar="TEXT", help="Who was present, such as FIRM, NAME.")
@click.option("--nonce", metavar="TEXT", help="A text that somebody else chose just now: what follows is younger.")
@click.pass_context
def command(  # one for each option
    ctx: click.Context, file: Path | None, exports: str | None, only: tuple[str, ...], plan_only: bool, afresh: bool,
    jobs: int, witness: str | None, nonce: str | None,
) -> None:  # fmt: skip
    """Ask the declared sources for what the controls need: lists first, then what they name, until nothing is new.

    Vendors' own tools run as processes, without a shell; calls that are plain HTTP are made with the token of the named
    variable. Nothing is stored of either. Who is signed in is asked first in each scope, and a wrong account stops that
    scope. Only calls that read are made. What this command collected before is replaced where a new answer came; after
    an interruption it goes on where it stopped. The answers are sealed in manifest.yaml.

    Exit codes: 0 all was answered, also with a refusal (it is printed, and a test that needs it is not evaluated), 1
    something was not answered, was answered with what no run relies on, or can't be written, 2 wrong usage, 4
    soc2.yaml, a policy file or a plugin is wrong, 130 interrupted.
    """  # fmt: skip
    from soc2test.cli.collecting import Wishes, collect  # noqa: PLC0415  # `--help` needs none of it
    from soc2test.cli.evidence import folder_of_exports, url_of_exports  # noqa: PLC0415
    from soc2test.cli.here import open_here  # noqa: PLC0415

    if file is not None and not file.is_file():
        raise click.UsageError(f"--config: there is no file {file}")
    here = open_here(file.absolute() if file else None)
    if here.config is None:
        raise click.UsageError("there is no soc2.yaml here, which declares what is to be collected: `soc2test init`")
    if url_of_exports(here, exports) is not None:
        raise click.UsageError("exports are collected into a folder: name one with --exports DIR, and upload it")
    sources = _sources(here, only)
    folder = folder_of_exports(here, exports)
    here.report()
    wishes = Wishes(
        sources=sources, plan_only=plan_only, afresh=afresh, jobs=jobs, witness=witness or "", nonce=nonce or ""
    )
    code = collect(here, folder, wishes)
    if code:
        ctx.exit(code)
    here.end(ctx)


def _sources(here: "Here", only: Iterable[str]) -> tuple[str, ...]:
    """The declared sources that are asked. Those that nobody can ask are told where they are named."""
    from soc2test.cli.here import no_such  # noqa: PLC0415

    for name in only:
        if name not in here.plugins.sources:
            no_such("source", name, list(here.plugins.sources), "soc2test sources")
        if name not in here.declared:
            raise click.UsageError(f"--source: soc2.yaml does not declare {name}")
    return tuple(only) or tuple(here.declared)
