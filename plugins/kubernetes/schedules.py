"""What a cluster tells of its cron jobs and their runs: when each is due, and how it ended.

https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/cron-job-v1/ and .../job-v1/
"""

from collections.abc import Iterator
from datetime import datetime

from soc2test import Item, Said, UnknownFact, facts, known, or_unknown, text
from soc2test_plugins.kubernetes.kinds import KubernetesRun, KubernetesSchedule
from soc2test_plugins.kubernetes.shapes import Place, flag_at, listed_at, namespace

__all__ = ["run", "schedule"]

_FAILED_KEPT = 1
"""`failedJobsHistoryLimit` where it is not set."""


def schedule(item: Item, place: Place) -> Iterator[Said]:
    """A cron job of a cluster; a manifest's has never run."""
    specification, status = known(item["spec"]), or_unknown(lambda: known(item["status"]))
    template = known(known(specification["jobTemplate"])["spec"])
    yield facts(
        place.of(item),
        KubernetesSchedule,
        schedule=or_unknown(lambda: text(specification["schedule"])),
        time_zone=or_unknown(lambda: _time_zone(specification)),
        suspended=or_unknown(lambda: flag_at(specification, "suspend", default=False)),
        made_at=or_unknown(lambda: _moment(known(item["metadata"]), "creationTimestamp")),
        last_started_at=or_unknown(lambda: _moment_or_none(known(status), "lastScheduleTime")),
        last_succeeded_at=or_unknown(lambda: _moment_or_none(known(status), "lastSuccessfulTime")),
        failures_kept=or_unknown(lambda: _keeps_failures(specification, template)),
    )


def run(item: Item, place: Place) -> Iterator[Said]:
    """A job of a cluster: that of a cron job, or one that somebody started by hand."""
    ended = or_unknown(lambda: _ended(known(item["status"])))
    yield facts(
        place.of(item),
        KubernetesRun,
        job=or_unknown(lambda: _cron_job(item, place)),
        outcome=or_unknown(lambda: known(ended)[0]),
        ended_at=or_unknown(lambda: known(ended)[1]),
    )


def _time_zone(specification: Item) -> str | None:
    zone = specification.or_else("timeZone", None)
    return None if zone is None else text(zone)


def _keeps_failures(specification: Item, template: Item) -> bool:
    """Its newest failed job stays until the next one fails, unless a time to live takes it away before."""
    kept = specification.or_else("failedJobsHistoryLimit", _FAILED_KEPT)
    if type(kept) is not int:
        raise UnknownFact("failedJobsHistoryLimit", "failedJobsHistoryLimit is no number: is the file a template?")
    return kept >= 1 and template.or_else("ttlSecondsAfterFinished", None) is None


def _cron_job(item: Item, place: Place) -> str | None:
    """`kubectl create job --from` names the cron job as an owner too, which need not be its controller."""
    for owner in listed_at(known(item["metadata"]), "ownerReferences"):
        if text(owner["kind"]) == "CronJob" and text(owner["apiVersion"]).startswith("batch/"):
            return place.id("CronJob", namespace(item), text(owner["name"]))
    return None


def _ended(status: Item) -> tuple[str, datetime | None]:
    """How a job ended and when, by its conditions; one without any goes on."""
    holding = {
        text(condition["type"]): condition
        for condition in listed_at(status, "conditions")
        if text(condition["status"]) == "True"
    }
    if "Failed" in holding:
        return "failed", _moment(holding["Failed"], "lastTransitionTime")
    if "Complete" in holding:
        return "succeeded", _moment(status, "completionTime")
    return "running", None


def _moment_or_none(item: Item, key: str) -> datetime | None:
    return _moment(item, key) if item.or_else(key, None) is not None else None


def _moment(item: Item, key: str) -> datetime:
    moment = item.time(key)
    if not isinstance(moment, datetime):
        raise UnknownFact(key, f"{key} is no time")
    return moment
