"""`soc2test prove`: whether each control can fail, and what it does not notice."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from soc2test.cli.completing import control_ids

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from soc2test.cli.here import Here
    from soc2test.proving.bases import Told
    from soc2test.proving.proving_all import ToProve
    from soc2test.proving.records import Proof

__all__ = ["command"]


@click.command("prove")
@click.argument("controls", metavar="[CONTROL ...]", nargs=-1, shell_complete=control_ids)
@click.option(
    "--config", "file", metavar="FILE", type=click.Path(path_type=Path), help="The programme (default: soc2.yaml here)."
)
@click.option(
    "--exports",
    metavar="DIR",
    help="Exports to begin with, or their URL (default: as soc2.yaml says; without any, what is needed is made up).",
)
@click.option("--as-of", metavar="TIME", help="The moment that ages count from, ISO 8601 (default: now).")
@click.option("--jobs", metavar="N", type=click.IntRange(1), help="Processes (default: one for each core).")
@click.option("--save", metavar="FILE", type=click.Path(path_type=Path), help="Write what was proven: proofs.json.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def command(
    ctx: click.Context,
    controls: tuple[str, ...],
    file: Path | None,
    exports: str | None,
    as_of: str | None,
    jobs: int | None,
    save: Path | None,
    form: str,
) -> None:
    """Prove that controls can fail: change their inputs one at a time, and tell what they do not notice.

    Each begins with resources for which it holds, from the exports or made up, and sees them with one fact changed,
    unknown, just over and just within each limit; without what it joins; with a second one that contradicts. Unproven
    is one that nothing makes fail, that holds where a fact is unknown though a value of it deviates, whose limit or
    moment decides nothing, or that loses a deviating resource by `where`. The same input gives the same proof.

    With CONTROL all is printed of it: the facts that decide, where limits turn, blind spots with the smallest input.

    Exit codes: 0 all are proven, 1 one is not, or the exports can't be read, 2 wrong usage, 4 soc2.yaml, a policy file
    or a plugin is wrong (what loads is proven all the same).
    """
    from soc2test.cli.evidence import clock_of  # noqa: PLC0415  # `--help` needs none of it
    from soc2test.cli.here import PROGRAMME_WRONG, open_here  # noqa: PLC0415
    from soc2test.cli.output import as_json  # noqa: PLC0415
    from soc2test.cli.proof_texts import explained, listed  # noqa: PLC0415
    from soc2test.proving.saved import proof_record, save_proofs  # noqa: PLC0415

    clock = clock_of(as_of)
    if file is not None and not file.is_file():
        raise click.UsageError(f"--config: there is no file {file}")
    here = open_here(file.absolute() if file else None)
    here.report()  # first: a control that is not there may have been lost with its file
    wanted = _wanted(here, controls)
    if save is not None and len(wanted) < len(here.controls()):
        raise click.UsageError("--save keeps the proofs of all controls: name none")
    told, moment = _told(ctx, here, exports, clock)
    proofs = _proofs(here, wanted, told, moment, jobs)
    if save is not None:
        try:
            save_proofs(save, here.packs, proofs)
        except OSError as error:
            raise click.ClickException(f"--save: {save} can't be written: {error.strerror}") from None
    if form == "json":
        click.echo(as_json([proof_record(proof) for proof in proofs]))
    else:
        click.echo("\n\n".join(map(explained, proofs)) if controls else listed(proofs))
    if here.problems:
        ctx.exit(PROGRAMME_WRONG)
    ctx.exit(0 if all(proof.proven for proof in proofs) else 1)


def _wanted(here: "Here", names: "Sequence[str]") -> list[str]:
    from soc2test.cli.here import no_such  # noqa: PLC0415

    known = here.controls()
    for name in names:
        if name not in known:
            no_such("control", name, list(known), "soc2test controls")
    return list(dict.fromkeys(names)) or list(known)


def _told(ctx: click.Context, here: "Here", exports: str | None, clock: Any) -> "tuple[Told | None, datetime]":
    """What the exports tell, and their moment; nothing where there are none."""
    from soc2test.cli.evidence import copied, folder_of_exports, load, url_of_exports  # noqa: PLC0415

    nothing = None, clock.given or clock.now
    if exports is None and here.config is None:
        return nothing
    if (url := url_of_exports(here, exports)) is not None:
        folder, lost = copied(ctx, here, url)
    else:
        folder, lost = folder_of_exports(here, exports), ()
        if not folder.is_dir():
            return nothing
    loaded = load(here, folder, clock, of_any_age=True, lost=lost)
    return loaded.inventory, loaded.as_of.time


def _proofs(
    here: "Here", wanted: "Sequence[str]", told: "Told | None", moment: "datetime", jobs: int | None
) -> "list[Proof]":
    from soc2test.progress.line import Line  # noqa: PLC0415
    from soc2test.progress.stderr import Stderr  # noqa: PLC0415
    from soc2test.proving.proving_all import prove_all  # noqa: PLC0415

    line = Line(Stderr())
    proofs = []
    try:
        for number, proof in enumerate(prove_all([_to_prove(here, id, told, moment) for id in wanted], jobs), 1):
            proofs.append(proof)
            line("proving control", number, len(wanted))
    finally:
        line.end()
    return proofs


def _to_prove(here: "Here", id: str, told: "Told | None", moment: "datetime") -> "ToProve":
    from soc2test.evaluation.limits import limits_of  # noqa: PLC0415
    from soc2test.proving.proving_all import ToProve  # noqa: PLC0415

    control = here.controls()[id].control
    own = here.config.limits.get(id, {}) if here.config is not None else {}
    return ToProve(control=control, limits=limits_of(control, own), as_of=moment, told=told)
