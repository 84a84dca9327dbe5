"""What events of OpenLineage say of flows: runs put together, where datasets lie, and what no event tells."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lineage_events import SPEC, dataset, facet, flows, job_of, load, population, run_event

from soc2test import Facts, Missed, Skip, Subject, UnknownFact
from soc2test.sources.item import Item
from soc2test_plugins.openlineage.flows import events as read_events
from soc2test_plugins.openlineage.places import place_of
from soc2test_plugins.openlineage.source import as_events, not_all

DATABASE = dataset("postgres://db.acme.example:5432", "shop.public.orders")
BUCKET = dataset("s3://acme-exports", "orders/2026-11-19")
WAY = "postgres://db.acme.example:5432>s3://acme-exports"


def at(hour: int) -> datetime:
    return datetime(2026, 11, 19, hour, tzinfo=UTC)


def test_events_of_one_run_add_up(tmp_path: Path) -> None:
    started = run_event("START", [DATABASE], hour=2)
    ended = run_event("COMPLETE", [], [BUCKET], hour=3)
    (flow,) = flows(tmp_path, ended, started).values()
    assert (flow.comes_from, flow.goes_to) == ("postgres://db.acme.example:5432", "s3://acme-exports")
    assert (flow.job, flow.read) == ("airflow/orders.copy", ("shop.public.orders",))
    assert (flow.last_ran_at, flow.last_seen_at) == (at(3), at(3))


@pytest.mark.parametrize("state", ["START", "RUNNING", "OTHER", "FAIL", "ABORT", None])
def test_a_run_that_did_not_end_well_is_a_flow_that_ran_never(tmp_path: Path, state: str | None) -> None:
    (flow,) = flows(tmp_path, run_event(state, [DATABASE], [BUCKET])).values()
    assert (flow.last_ran_at, flow.last_seen_at) == (None, at(3))


def test_a_run_that_is_said_to_have_failed_too_did_not_end_well(tmp_path: Path) -> None:
    (flow,) = flows(tmp_path, run_event("COMPLETE", [DATABASE], [BUCKET]), run_event("FAIL", hour=4)).values()
    assert flow.last_ran_at is None


def test_the_last_run_that_ended_well_counts(tmp_path: Path) -> None:
    runs = [
        run_event("COMPLETE", [DATABASE], [BUCKET], run="a", hour=1),
        run_event("COMPLETE", [DATABASE], [BUCKET], run="b", hour=2),
        run_event("FAIL", [DATABASE], [BUCKET], run="c", hour=5),
    ]
    (flow,) = flows(tmp_path, *runs).values()
    assert (flow.last_ran_at, flow.last_seen_at) == (at(2), at(5))


def test_each_input_may_have_gone_to_each_output(tmp_path: Path) -> None:
    queue = dataset("kafka://queue.acme.example:9092", "orders")
    told = flows(tmp_path, run_event("COMPLETE", [DATABASE, queue], [BUCKET]))
    assert sorted(told) == ["kafka://queue.acme.example:9092>s3://acme-exports", WAY]


def test_what_reads_alone_goes_nowhere_that_is_named(tmp_path: Path) -> None:
    (read,) = flows(tmp_path, run_event("COMPLETE", [DATABASE])).values()
    assert (read.comes_from, read.goes_to) == ("postgres://db.acme.example:5432", None)


def test_what_writes_alone_comes_from_nowhere_that_is_named(tmp_path: Path) -> None:
    (written,) = flows(tmp_path, run_event("COMPLETE", [], [BUCKET])).values()
    assert (written.comes_from, written.goes_to, written.read) == (None, "s3://acme-exports", ())


def test_lineage_of_columns_names_inputs_that_are_not_listed(tmp_path: Path) -> None:
    source = {"namespace": "mysql://old.acme.example:3306", "name": "shop.people", "field": "email"}
    lineage = facet(fields={"mail": {"inputFields": [source]}}, dataset=[{**source, "name": "shop.filter"}])
    written = dataset("s3://acme-exports", "orders", columnLineage=lineage)
    (flow,) = flows(tmp_path, run_event("COMPLETE", [], [written])).values()
    assert (flow.comes_from, flow.read) == ("mysql://old.acme.example:3306", ("shop.filter", "shop.people"))


def test_owners_and_labels_are_told_by_facets(tmp_path: Path) -> None:
    job = job_of(ownership=facet(owners=[{"name": "team:data", "type": "MAINTAINER"}]))
    tags = facet(tags=[{"key": "classification", "value": "confidential"}, {"key": "pii", "value": "true"}])
    read = dataset("postgres://db.acme.example:5432", "shop.public.orders", tags=tags)
    (flow,) = flows(tmp_path, run_event("COMPLETE", [read], [BUCKET], job=job)).values()
    assert (flow.owners, flow.classes) == (("team:data",), ("confidential",))


def test_without_facets_neither_owner_nor_label_is_known(tmp_path: Path) -> None:
    (flow,) = flows(tmp_path, run_event("COMPLETE", [DATABASE], [BUCKET])).values()
    for fact in ("owners", "classes"):
        with pytest.raises(UnknownFact, match="no event tells"):
            getattr(flow, fact)


def test_one_dataset_without_tags_leaves_the_class_of_all_open(tmp_path: Path) -> None:
    tagged = dataset("postgres://db.acme.example:5432", "shop.public.orders", tags=facet(tags=[]))
    other = dataset("postgres://db.acme.example:5432", "shop.public.people")
    (flow,) = flows(tmp_path, run_event("COMPLETE", [tagged, other], [BUCKET])).values()
    with pytest.raises(UnknownFact):
        _ = flow.classes


def test_a_facet_that_was_taken_away_tells_nothing(tmp_path: Path) -> None:
    job = job_of(ownership=facet(_deleted=True, owners=[{"name": "team:data"}]))
    (flow,) = flows(tmp_path, run_event("COMPLETE", [DATABASE], [BUCKET], job=job)).values()
    with pytest.raises(UnknownFact):
        _ = flow.owners


BUCKET_ID = "arn:aws:s3:::acme-exports"
DATABASE_ID = "arn:aws:rds:eu-west-1:012345678901:db:shop"


def test_known_stores_are_told_by_their_ids(tmp_path: Path) -> None:
    known = [
        {"id": BUCKET_ID, "address": None},
        {"id": DATABASE_ID, "address": "db.acme.example:5432"},
    ]
    (flow,) = flows(tmp_path, run_event("COMPLETE", [DATABASE], [BUCKET]), known=known).values()
    assert (flow.comes_from, flow.goes_to) == (DATABASE_ID, BUCKET_ID)


def test_a_bucket_that_may_be_in_a_list_which_is_missing_is_not_known(tmp_path: Path) -> None:
    (flow,) = flows(tmp_path, run_event("COMPLETE", [DATABASE], [BUCKET]), listed=False).values()
    assert flow.comes_from == "postgres://db.acme.example:5432"
    with pytest.raises(UnknownFact):
        _ = flow.goes_to


def test_two_stores_at_one_place_are_not_chosen_between(tmp_path: Path) -> None:
    known = [{"id": BUCKET_ID, "address": None}, {"id": "arn:aws-cn:s3:::acme-exports", "address": None}]
    (flow,) = flows(tmp_path, run_event("COMPLETE", [DATABASE], [BUCKET]), known=known).values()
    with pytest.raises(UnknownFact, match="2 stores"):
        _ = flow.goes_to


@pytest.mark.parametrize(
    ("namespace", "name", "place"),
    [
        ("s3://acme", "a/b", "s3://acme"),
        ("s3a://acme/", "a/b", "s3://acme"),
        ("gs://acme", "a/b", "gs://acme"),
        ("bigquery", "acme-prod.sales.orders", "bigquery:acme-prod.sales"),
        ("bigquery://", "acme.example:prod.sales.orders", "bigquery:acme.example:prod.sales"),
        ("file", "/data/a.csv", "file:/data/a.csv"),
        ("snowflake://org-acme", "A.B.C", "snowflake://org-acme"),
        ("mailgrid", "lists", "mailgrid"),
    ],
)
def test_where_a_dataset_lies_is_its_data_source(namespace: str, name: str, place: str) -> None:
    assert place_of(namespace, name) == place


def test_events_of_other_sorts_are_skipped_by_name(tmp_path: Path) -> None:
    described = {"eventTime": "2026-11-19T03:00:00Z", "producer": "https://p.example", "dataset": DATABASE}
    planned = {"eventTime": "2026-11-19T03:00:00Z", "producer": "https://p.example", "job": job_of()}
    body = [
        {**described, "schemaURL": f"{SPEC}/DatasetEvent"},
        {**planned, "schemaURL": f"{SPEC}/JobEvent", "inputs": [DATABASE], "outputs": [BUCKET]},
        run_event("COMPLETE"),
    ]
    loaded = load(tmp_path, body)
    assert population(loaded).complete
    assert len(population(loaded)) == 0
    (export,) = (each for each in loaded.inventory.exports() if each.source == "openlineage")
    assert [reason.split(":")[0] for reason in export.skipped] == [
        "a DatasetEvent",
        "a JobEvent",
        "a run that names no data",
    ]


@pytest.mark.parametrize(
    "odd",
    [
        7,
        {},
        {"error": "no such thing"},
        run_event("DONE"),
        {**run_event(), "eventType": None},
        {**run_event(), "eventTime": "yesterday"},
        {**run_event(), "inputs": None},
        {**run_event(), "outputs": [{"name": "orders"}]},
        {**run_event(), "run": None},
        {**run_event(), "job": {"name": "orders.copy"}},
        run_event(outputs=[dataset("s3://a", "b", columnLineage=facet(fields=None))]),
    ],
)
def test_an_event_that_can_t_be_read_is_a_gap_and_hides_no_other(tmp_path: Path, odd: Any) -> None:
    found = population(load(tmp_path, [odd, run_event("COMPLETE", [DATABASE], [BUCKET])]))
    assert not found.complete
    assert len(found.members) == 1


def test_a_log_of_a_client_is_read_line_by_line(tmp_path: Path) -> None:
    lines = [run_event("START", [DATABASE], [BUCKET], hour=2), run_event("COMPLETE", hour=3)]
    (flow,) = population(load(tmp_path, "".join(json.dumps(line) + "\n" for line in lines)))
    assert flow.last_ran_at == at(3)


@pytest.mark.parametrize(("total", "complete"), [(1, True), (2, False), (None, False), ("1", False)])
def test_marquez_counts_what_it_has(tmp_path: Path, total: Any, complete: bool) -> None:
    body = {"events": [run_event("COMPLETE", [DATABASE], [BUCKET])], "totalCount": total}
    found = population(load(tmp_path, body))
    assert (len(found.members), found.complete) == (1, complete)


@pytest.mark.parametrize("body", [7, "events", [], {"events": None, "totalCount": 0}, {"events": {}, "totalCount": 0}])
def test_what_is_no_list_of_events_tells_of_none(tmp_path: Path, body: Any) -> None:
    found = population(load(tmp_path, [body] if isinstance(body, str) else body))
    assert (len(found.members), found.complete) == (0, body == [])


def test_a_single_event_is_a_log_of_one() -> None:
    event = run_event()
    assert as_events(event)["events"] == [event]
    assert not_all(as_events(event)) is None


def told(events: list[Any]) -> list[str]:
    said = read_events(Item(as_events(events)), Subject({"instance": "prod"}))
    facts = [each for each in said if isinstance(each, Facts)]
    return sorted(
        f"{each.id} {[each.told[fact] for fact in ('last_ran_at', 'last_seen_at', 'read')]}" for each in facts
    )


PLACES = st.sampled_from(["s3://a", "s3://b", "postgres://db:5432", "bigquery"])
DATASETS = st.lists(st.builds(dataset, PLACES, st.sampled_from(["p.d.t", "p.e.u"])), max_size=3)
RUN_EVENTS = st.builds(
    run_event,
    st.sampled_from(["START", "RUNNING", "COMPLETE", "FAIL", "ABORT", "OTHER"]),
    DATASETS,
    DATASETS,
    run=st.sampled_from(["r1", "r2", "r3"]),
    hour=st.integers(0, 23),
)


@given(st.lists(RUN_EVENTS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_events_changes_nothing(events: list[Any], chance: random.Random) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)
    assert told(shuffled) == told(events)


@given(st.lists(RUN_EVENTS, max_size=6))
def test_no_dataset_that_a_run_names_is_lost(events: list[Any]) -> None:
    named = {
        place_of(each["namespace"], each["name"]) for event in events for each in event["inputs"] + event["outputs"]
    }
    said = read_events(Item(as_events(events)), Subject({"instance": "prod"}))
    facts = [each.told for each in said if isinstance(each, Facts)]
    assert named == {each[end] for each in facts for end in ("reads_from", "writes_to")} - {None}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["run", "job", "dataset", "inputs", "outputs", "eventTime", "eventType", "runId", "facets", "name"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=4))
def test_whatever_stands_in_the_list_is_told_of(entries: list[Any]) -> None:
    said = list(read_events(Item(as_events(entries)), Subject({"instance": "prod"})))
    assert len([each for each in said if isinstance(each, Facts | Missed | Skip)]) >= min(len(entries), 1)
