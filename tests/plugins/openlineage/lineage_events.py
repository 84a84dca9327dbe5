"""Events of OpenLineage in the shape of spec 2-0-2, and what a folder of them is read as."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from soc2test import DataStore, Population, Resource, facts, unpaged
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test.sources.source import Source
from soc2test_plugins.openlineage.kinds import LineageFlow
from soc2test_plugins.openlineage.source import openlineage

__all__ = ["AS_OF", "dataset", "facet", "flows", "job_of", "load", "population", "run_event"]

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
PRODUCER = "https://github.com/OpenLineage/OpenLineage/tree/1.39.0/integration/airflow"
SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs"
RUN = "0199a8f0-5c1e-7d31-a427-4a8aa7061f51"

stores = Source("stores", title="Stores", nature="system")


@stores.reads("list", kind=DataStore, items="", lists=True, paging=unpaged)
def store(item: Any, at: Any) -> Any:
    """A store by its id; its address where it is told."""
    return facts(item["id"], name=item["id"], address=item["address"])


def facet(**told: Any) -> dict[str, Any]:
    return {"_producer": PRODUCER, "_schemaURL": "https://openlineage.io/spec/facets/1-0-0/Example.json", **told}


def dataset(namespace: str, name: str, **facets: Any) -> dict[str, Any]:
    named = {"namespace": namespace, "name": name}
    return {**named, "facets": facets} if facets else named


def job_of(name: str = "orders.copy", **facets: Any) -> dict[str, Any]:
    return {"namespace": "airflow", "name": name, "facets": facets}


def run_event(
    state: str | None = "COMPLETE",
    inputs: Any = (),
    outputs: Any = (),
    *,
    run: str = RUN,
    hour: int = 3,
    job: Any = None,
) -> dict[str, Any]:
    event = {
        "eventTime": f"2026-11-19T{hour:02}:00:00.000Z", "producer": PRODUCER, "schemaURL": f"{SPEC}/RunEvent",
        "run": {"runId": run}, "job": job or job_of(), "inputs": list(inputs), "outputs": list(outputs),
    }  # fmt: skip
    return event if state is None else {**event, "eventType": state}


def load(folder: Path, body: Any, *known: dict[str, Any], listed: bool = True) -> Loaded:
    """What an export of events is read as, beside stores that are known; `listed` is whether there is a list of them."""
    below = folder / "openlineage" / "prod"
    below.mkdir(parents=True, exist_ok=True)
    if isinstance(body, str):
        (below / "events.ndjson").write_text(body)
    else:
        (below / "events.json").write_text(json.dumps(body))
    if listed:
        (folder / "stores").mkdir(exist_ok=True)
        (folder / "stores" / "list.json").write_text(json.dumps(known))
    sources = {"openlineage": openlineage, "stores": stores}
    declared: dict[str, Any] = {"stores": {}}
    return load_inventory(Request(folder, sources, lambda export: [], declared, {}, ReadLimits(), Clock(AS_OF, AS_OF)))


def population(loaded: Loaded, kind: type[Resource] = LineageFlow) -> Population[Any]:
    assert loaded.problems == ()
    return loaded.inventory.population(kind)


def flows(folder: Path, *events: dict[str, Any], known: Any = (), listed: bool = True) -> dict[str, LineageFlow]:
    """The flows of events that are all read, by what follows the job in their ids."""
    found = population(load(folder, list(events), *known, listed=listed))
    assert found.complete, found.gaps
    return {flow.id.removeprefix("prod/airflow/orders.copy/"): flow for flow in found}
