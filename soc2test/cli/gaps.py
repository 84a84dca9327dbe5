"""`soc2test gaps`: what is open between the programme and its criteria, and what to do next."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from soc2test.cli.here import Here
    from soc2test.gaps.records import Plan
    from soc2test.inventory.load import Loaded

__all__ = ["command"]


@click.command("gaps")
@click.option(
    "--config", "file", metavar="FILE", type=click.Path(path_type=Path), help="The programme (default: soc2.yaml here)."
)
@click.option(
    "--exports",
    metavar="DIR",
    help="Folder of the exports, or its URL in an object store (default: as soc2.yaml says, else exports/).",
)
@click.option("--as-of", metavar="TIME", help="The moment that ages count from, ISO 8601 (default: now).")
@click.option(
    "--for", "ids", metavar="ID", multiple=True, help="Only this criterion, test or control; repeat it for several."
)
@click.option(
    "--format", "form", type=click.Choice(["table", "markdown", "html", "json"]), default="table", show_default=True
)
@click.option("--pseudonymise", is_flag=True, help="Put tokens in the place of people, as --soc2-pseudonymise does.")
@click.pass_context
def command(
    ctx: click.Context,
    file: Path | None,
    exports: str | None,
    as_of: str | None,
    ids: tuple[str, ...],
    form: str,
    pseudonymise: bool,
) -> None:
    """Plan what is open: each criterion in scope that is not without deviation, why, and the steps against it.

    The controls are evaluated as `pytest --soc2` does. A step names all parts that it needs, or that one of several
    ways is enough, how many criteria and tests wait for it and how many of these for nothing else. Where nothing was
    tested yet, the first week stands before the steps. A step that is done lets tests judge, and makes none pass.

    Exit codes: 0 printed, whatever is open, 1 the folder can't be read, 2 wrong usage, 4 soc2.yaml, a policy file or a
    plugin is wrong (what loads is planned all the same).
    """
    from soc2test.cli.evidence import clock_of, copied, folder_of_exports, load, url_of_exports  # noqa: PLC0415
    from soc2test.cli.here import open_here  # noqa: PLC0415
    from soc2test.gaps.veiling import veiled  # noqa: PLC0415

    clock = clock_of(as_of)
    if file is not None and not file.is_file():
        raise click.UsageError(f"--config: there is no file {file}")
    here = open_here(file.absolute() if file else None)
    if here.config is None:
        here.report()
        if here.problems:
            here.end(ctx)
        raise click.UsageError("there is no soc2.yaml here, which says what is in scope: `soc2test init` writes one")
    criteria, tests = _asked(here, ids)
    key = _key() if pseudonymise else None
    url = url_of_exports(here, exports)
    folder, lost = copied(ctx, here, url) if url else (folder_of_exports(here, exports), ())
    here.report()
    loaded = load(here, folder, clock, lost=lost)
    plan = _plan(here, loaded)
    if ids:
        from soc2test.gaps.narrowing import narrowed  # noqa: PLC0415

        plan = narrowed(plan, criteria, tests, ids, _out_of_scope(here, criteria, tests))
    _print(_shown(veiled(plan, _hide(key, loaded)), form))
    here.end(ctx)


def _asked(here: "Here", ids: Collection[str]) -> tuple[set[str], set[str]]:
    """The criteria and the tests that are named; a control of the company's own names its tests."""
    from soc2test.cli.here import no_such  # noqa: PLC0415
    from soc2test.criteria import CRITERIA  # noqa: PLC0415

    tests = here.controls()
    own = {control.id: control for control in here.company}
    criteria: set[str] = set()
    asked: set[str] = set()
    for id in ids:
        if id in CRITERIA:
            criteria.add(id)
        elif id in own:
            asked.update(own[id].tests)
        elif id in tests:
            asked.add(id)
        else:
            no_such("criterion or control", id, [*CRITERIA, *tests, *own], "soc2test controls")
    return criteria, asked


def _out_of_scope(here: "Here", criteria: Collection[str], tests: Collection[str]) -> list[str]:
    """Why nothing is told of what is named: it is of no category in scope, which is no word on it."""
    from soc2test.coverage.scoping import scoped_out  # noqa: PLC0415
    from soc2test.criteria import CRITERIA  # noqa: PLC0415

    scope = ("security", *(here.config.categories if here.config is not None else ()))
    of_criteria = [
        f"{id}: is not in scope: soc2.yaml has {', '.join(dict.fromkeys(scope))}"
        for id in sorted(criteria)
        if CRITERIA[id].category not in scope
    ]
    controls = here.controls()
    of_tests = [(id, scoped_out(controls[id].control, scope)) for id in sorted(tests) if id in controls]
    return [*of_criteria, *(f"{id}: {why}" for id, why in of_tests if why is not None)]


def _plan(here: "Here", loaded: "Loaded") -> "Plan":
    from soc2test.cli.evidence_wanted import joined, waiting  # noqa: PLC0415
    from soc2test.cli.gaps_run import run_of  # noqa: PLC0415
    from soc2test.gaps.own_word import Teller  # noqa: PLC0415
    from soc2test.gaps.plan import plan_of  # noqa: PLC0415
    from soc2test.gaps.wanted import wanted  # noqa: PLC0415
    from soc2test.inventory.listers import listers_of  # noqa: PLC0415

    config = here.config
    assert config is not None  # noqa: S101  # asked before
    proofs_before = len(here.problems)
    here.proofs  # noqa: B018  # read first: whether they could be
    proofs_read = len(here.problems) == proofs_before
    run, refused = run_of(here, loaded)
    direct = waiting(here)
    kinds = [*direct, *joined(direct, here)]
    sources = here.plugins.sources
    lacking = wanted(kinds, loaded.inventory, sources, here.declared, _filled(loaded))

    def tellers(kind: type[Any]) -> list[Teller]:
        return [
            Teller(source=name, nature=sources[name].nature, operation=operation.name, documents=operation.documents)
            for (name, listed), operations in listers_of(sources).of.items()
            if issubclass(listed, kind)
            for operation in operations
        ]

    return plan_of(
        run,
        lacking,
        {id: known.control for id, known in here.controls().items()},
        tellers=tellers,
        today=loaded.as_of.time.astimezone(config.zone).date(),
        refused=refused,
        declared=tuple(here.declared),
        store=bool(config.store),
        proofs_read=proofs_read,
    )


def _filled(loaded: "Loaded") -> dict[str, dict[str, int]]:
    """How many rows `soc2test init --from` would write, by register and source; of sources that list all they have."""
    from soc2test.cli.init_register import FILLED  # noqa: PLC0415
    from soc2test.resources.kinds import Identity  # noqa: PLC0415

    partly = {gap.source for gap in loaded.inventory.gaps(Identity)}
    by_source: dict[str, int] = {}
    for identity in loaded.inventory.members(Identity):
        if identity.origin.source in partly:
            continue
        by_source[identity.origin.source] = by_source.get(identity.origin.source, 0) + 1
    return dict.fromkeys(FILLED, by_source) if by_source else {}


def _key() -> bytes:
    """The key of the tokens. Raises `click.UsageError` where there is none."""
    from soc2test.pytest_plugin.hiding import key_of_tokens  # noqa: PLC0415

    try:
        return key_of_tokens("--pseudonymise")
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _hide(key: bytes | None, loaded: "Loaded") -> Callable[[str], str]:
    """What every text of the plan passes."""
    from soc2test.reports.veil import Veil  # noqa: PLC0415

    if key is None:
        return Veil().text
    from soc2test.pytest_plugin.hiding import veil_for  # noqa: PLC0415

    return veil_for(key, lambda: loaded.inventory).text


def _shown(plan: "Plan", form: str) -> str:
    from soc2test.gaps.as_html import as_html  # noqa: PLC0415
    from soc2test.gaps.as_json import as_json  # noqa: PLC0415
    from soc2test.gaps.as_markdown import as_markdown  # noqa: PLC0415
    from soc2test.gaps.as_text import as_text  # noqa: PLC0415

    writers: dict[str, Callable[[Any], str]] = {
        "table": as_text,
        "markdown": as_markdown,
        "html": as_html,
        "json": as_json,
    }
    return writers[form](plan)


def _print(text: str) -> None:
    """Print it, whatever the encoding of stdout lacks."""
    import sys  # noqa: PLC0415

    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding))
