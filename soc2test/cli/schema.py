"""`soc2test schema`: the JSON Schemas of what soc2test reads and writes."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import click

__all__ = ["command", "schemas"]

Schema = Callable[[], Mapping[str, Any]]

_OWN = {
    "programme": "soc2.yaml",
    "exemptions": "exemptions.yaml, beside soc2.yaml",
    "waivers": "waivers.yaml, beside soc2.yaml",
    "statements": "statements.yaml, beside soc2.yaml",
    "revisions": "revisions.yaml, beside soc2.yaml",
    "controls": "controls.yaml, beside soc2.yaml: the company's own controls",
    "subservice": "subservice.yaml, beside soc2.yaml: organisations whose controls are needed with the company's",
    "matrix": "soc2-report/matrix.json",
    "finding": "a line of soc2-report/findings.ndjson",
    "control": "a line of soc2-report/controls.ndjson",
    "evidence": "a line of soc2-report/evidence.ndjson",
    "populations": "soc2-report/populations/index.json",
    "proof": "an entry of `soc2test prove --format json`",
    "proofs": "proofs.json, beside soc2.yaml or in a pack",
    "data": "what `soc2test data --format json` prints",
    "gaps": "what `soc2test gaps --format json` prints",
    "lint": "what `soc2test lint --format json` prints",
    "kept": "kept.yaml, beside the policy files of a pack",
}


@click.command("schema")
@click.argument("name", required=False)
@click.pass_context
def command(ctx: click.Context, name: str | None) -> None:
    """Print the JSON Schema NAME, or list all: of soc2.yaml, of the artifacts, of the registers."""
    from soc2test.cli.here import no_such, open_here  # noqa: PLC0415  # `--help` needs none of it
    from soc2test.cli.output import as_json, table  # noqa: PLC0415

    here = open_here()
    here.report()
    known = schemas(here.plugins.sources)
    if name is None:
        click.echo(table(("name", "describes"), [(each, what) for each, (what, _) in known.items()], wide=(1,)))
    elif name not in known:
        no_such("schema", name, list(known), "soc2test schema")
    else:
        click.echo(as_json(known[name][1]()))
    here.end(ctx)


def schemas(sources: Mapping[str, Any]) -> dict[str, tuple[str, Schema]]:
    """Name -> what it describes and how to get it: the tool's own, then those of all operations that have one."""
    from soc2test.cli.operations import source_record  # noqa: PLC0415

    found: dict[str, tuple[str, Schema]] = {name: (what, partial(_own, name)) for name, what in _OWN.items()}
    for source in sources.values():
        files = {each["operation"]: each["file"] for each in source_record(source)["operations"]}
        for operation in source.operations.values():
            if operation.schema is not None:
                name = operation.name if operation.name not in found else f"{source.name} {operation.name}"
                found[name] = files[operation.name], operation.schema
    return found


def _own(name: str) -> Mapping[str, Any]:
    import json  # noqa: PLC0415
    from importlib.resources import files  # noqa: PLC0415

    text = files("soc2test").joinpath(f"schemas/{name}.schema.json").read_text("utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema
