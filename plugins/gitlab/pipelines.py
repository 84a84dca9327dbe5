"""Pipelines of merge requests: whether what was merged had passed.

docs.gitlab.com/api/merge_requests, Get single merge request (`head_pipeline`), docs.gitlab.com/api/pipelines
(`status`), and the entities `MergeRequest` and `Ci::Pipeline` (gitlab-org/gitlab, lib/api). A pipeline that is run
again after the merge takes the place of what it was before.
"""

from datetime import datetime

from soc2test import Facts, Item, Population, Subject, UnknownFact, facts, item_of, or_unknown, text
from soc2test_plugins.gitlab.about import NUMBER, PROJECT
from soc2test_plugins.gitlab.guards import PIPELINE
from soc2test_plugins.gitlab.kinds import GitlabProject, MergeRequest, Pipeline
from soc2test_plugins.gitlab.merge_requests import MERGE_REQUEST
from soc2test_plugins.gitlab.shapes import moment
from soc2test_plugins.gitlab.source import gitlab, merge_request_id

_SKIPPED = "skipped"
_ENDED = ("canceled", "failed", _SKIPPED, "success")
_NONE = "no pipeline is told of it, and merges need one now: did they then?"
_OTHER = "the last pipeline is of another commit than the final one, such as the result of the merge (Premium)"
_LATER = "the last pipeline ended after the merge, or has not ended: it may have been run again"


@gitlab.reads(
    "merge_requests get",
    kind=MergeRequest,
    subject=("project", "number"),
    about={"project": PROJECT, "number": NUMBER},
    command=MERGE_REQUEST + '"',
)
def pipeline(item: Item, at: Subject) -> Facts:
    """The last pipeline of a merge request, which the list does not tell."""
    return facts(merge_request_id(at, at["number"]), pipeline=or_unknown(lambda: _pipeline(item)))


@gitlab.derives(MergeRequest, "missing_checks", joins=GitlabProject)
def missing_checks(change: MergeRequest, projects: Population[GitlabProject]) -> tuple[str, ...]:
    """The pipeline, where merges into any branch of the project need it now, and it had not passed."""
    project = _project_of(change, projects)
    if not project.pipelines_must_succeed:
        return ()
    status = _status(change)
    passed = status == "success" or (status == _SKIPPED and project.skipped_pipelines_pass)
    return () if passed else (PIPELINE,)


@gitlab.derives(MergeRequest, "skipped_checks", joins=GitlabProject)
def skipped_checks(change: MergeRequest, projects: Population[GitlabProject]) -> tuple[str, ...]:
    """The pipeline, where it passed unrun."""
    project = _project_of(change, projects)
    unrun = project.pipelines_must_succeed and project.skipped_pipelines_pass and _status(change) == _SKIPPED
    return (PIPELINE,) if unrun else ()


def _project_of(change: MergeRequest, projects: Population[GitlabProject]) -> GitlabProject:
    project = projects.one("id", change.id.rpartition("/merge_requests/")[0])
    if project is None:
        raise UnknownFact("missing_checks", "the projects in the evidence do not name its own")
    return project


def _status(change: MergeRequest) -> str:
    """How the pipeline of the final commit had ended when it was merged."""
    pipeline, merged_at = change.pipeline, change.merged_at
    if pipeline is None:
        raise UnknownFact("pipeline", _NONE)
    if pipeline.sha != change.head_sha:
        raise UnknownFact("pipeline", _OTHER)
    skipped = pipeline.status == _SKIPPED and pipeline.finished_at is None  # nothing ran, so nothing ended
    ended = pipeline.finished_at is not None and merged_at is not None and pipeline.finished_at <= merged_at
    if pipeline.status not in _ENDED or not (ended or skipped):
        raise UnknownFact("pipeline", _LATER)
    return pipeline.status


def _pipeline(item: Item) -> Pipeline | None:
    told = item["head_pipeline"]
    if told is None:
        return None
    run = item_of(told)
    return Pipeline(sha=text(run["sha"]), status=text(run["status"]), finished_at=_finished(run))


def _finished(run: Item) -> datetime | None:
    told = run.time("finished_at")
    return None if told is None else moment(run, "finished_at")
