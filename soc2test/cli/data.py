"""`soc2test data`: where sensitive data lives, how it is exposed, who reads it and where it goes."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from soc2test.run import DataMap, StoreEntry

__all__ = ["command"]


@click.command("data")
@click.option(
    "--config", "file", metavar="FILE", type=click.Path(path_type=Path), help="The programme (default: soc2.yaml here)."
)
@click.option(
    "--exports",
    metavar="DIR",
    help="Folder of the exports, or its URL in an object store (default: as soc2.yaml says, else exports/).",
)
@click.option("--as-of", metavar="TIME", help="The moment that ages count from, ISO 8601 (default: now).")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def command(ctx: click.Context, file: Path | None, exports: str | None, as_of: str | None, form: str) -> None:
    """List the stores that hold sensitive data, how each lies open, where its data goes and what reads it.

    A store is listed where its label or a scanner says that it holds such data, and where nobody knows; those that
    both say to hold none are counted. Beside each exposure stand the criteria whose tests look at it. Places to which
    data goes stand the worst first: vendors, then stores with a weaker label or none. What no export tells is named:
    it is no exposure, and no protection either. `pytest --soc2` gives the verdicts.

    Exit codes: 0 all was read, 1 the folder can't be read, 2 wrong usage, 4 soc2.yaml, a policy file or a plugin is
    wrong (what loads is listed all the same).
    """
    from msgspec import to_builtins  # noqa: PLC0415  # `--help` needs none of it

    from soc2test.cli.evidence import clock_of, copied, folder_of_exports, load, url_of_exports  # noqa: PLC0415
    from soc2test.cli.here import open_here  # noqa: PLC0415
    from soc2test.cli.output import as_json  # noqa: PLC0415
    from soc2test.data_map.stores import data_map  # noqa: PLC0415
    from soc2test.resources.kinds import DataFlow, DataScan, DataStore  # noqa: PLC0415

    clock = clock_of(as_of)
    if file is not None and not file.is_file():
        raise click.UsageError(f"--config: there is no file {file}")
    here = open_here(file.absolute() if file else None)
    url = url_of_exports(here, exports)
    folder, lost = copied(ctx, here, url) if url else (folder_of_exports(here, exports), ())
    here.report()
    inventory = load(here, folder, clock, lost=lost).inventory
    controls = [known.control for known in here.controls().values()]
    found = data_map(
        inventory.population(DataStore), inventory.population(DataScan), inventory.population(DataFlow), controls
    )
    if form == "json":
        record = to_builtins(found)
        click.echo(as_json({name: record[name] for name in ("stores", "others", "lacks", "flows_lack", "astray")}))
    else:
        click.echo("\n".join(_lines(found)))
    here.end(ctx)


def _lines(found: "DataMap") -> Iterator[str]:
    from soc2test.cli.output import table  # noqa: PLC0415
    from soc2test.data_map.words import flow_notes  # noqa: PLC0415

    columns = ("store", "label", "holds", "how it lies open", "goes to", "read by", "not told")
    if found.stores:
        yield table(columns, [_row(store) for store in found.stores], wide=(2, 3, 4, 5))
        yield ""
    sensitive = sum(store.sensitive == "yes" for store in found.stores)
    unknown = len(found.stores) - sensitive
    known = f"{sensitive} stores hold sensitive data, {unknown} may (nobody knows)"
    yield f"{known}, {found.others} hold none by label and scanner"
    if found.lacks:
        yield f"These may not be all stores: {found.lacks[0]}"
        if len(found.lacks) > 1:
            yield f"and {len(found.lacks) - 1} more gaps: `soc2test evidence --problems` lists them"
    yield from flow_notes(found)


def _row(store: "StoreEntry") -> tuple[str, ...]:
    from soc2test.data_map.words import NOT_TOLD, destination_text, reader_text  # noqa: PLC0415

    holds = {"yes": "sensitive data", "unknown": "not known"}[store.sensitive]
    exposed = (f"{exposure.text} ({' '.join(exposure.criteria)})" for exposure in store.exposed)
    return (
        store.id,
        store.label or "none",
        f"{holds}: {', '.join(store.found)}" if store.found else holds,
        "; ".join(exposed) or "-",
        "; ".join(map(destination_text, store.goes_to)) or NOT_TOLD,
        "; ".join(map(reader_text, store.read_by)) or NOT_TOLD,
        ", ".join(store.untold) or "-",
    )
