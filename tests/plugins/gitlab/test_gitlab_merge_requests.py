"""Merge requests of GitLab: who proposed, wrote, approved and merged them, and whether their pipeline had passed."""

from pathlib import Path
from typing import Any

import pytest
from gitlab_reading import (
    EARLIER,
    PEOPLE,
    SHA,
    WEB,
    approved,
    commit,
    gaps,
    load,
    members,
    merge_request,
    merged_files,
    people,
    pipeline,
    project,
    push,
    user,
)

from soc2test import UnknownFact
from soc2test_plugins.gitlab.kinds import MergeRequest

APPROVALS, VERSIONS, COMMITS, GET = (f"merge_requests.{name}" for name in ("approvals", "versions", "commits", "get"))


def one(folder: Path, **answers: Any) -> MergeRequest:
    (found,) = members(load(folder, merged_files(**answers), register=PEOPLE), MergeRequest).values()
    return found


def listed(folder: Path, **more: Any) -> MergeRequest:
    files = {**merged_files(), "projects.merge_requests.acme%2Fweb": [merge_request(**more)]}
    (found,) = members(load(folder, files, register=PEOPLE), MergeRequest).values()
    return found


def approving(folder: Path, given: Any, *pushes: Any) -> MergeRequest:
    return one(folder, **{APPROVALS: given, VERSIONS: list(pushes) or [push(SHA, "18T09:00:00")]})


def run(folder: Path, ran: Any, *, demanded: bool = True, skipped: Any = None) -> MergeRequest:
    files = merged_files(**{GET: {**merge_request(), "head_pipeline": ran}})
    switches = {"only_allow_merge_if_pipeline_succeeds": demanded, "allow_merge_on_skipped_pipeline": skipped}
    (found,) = members(load(folder, {**files, "groups.projects": [project(**switches)]}), MergeRequest).values()
    return found


def test_a_merge_request(tmp_path: Path) -> None:
    inventory = load(tmp_path, merged_files(), register=PEOPLE)
    found = members(inventory, MergeRequest)["3"]
    assert (found.id, found.repository, found.number) == (f"{WEB}/merge_requests/3", "acme/web", 3)
    assert (found.author, found.merged, found.merged_by, found.base_branch) == ("ann", True, "ben", "main")
    assert (found.approvers, found.entitled_approvers, found.commit_authors) == (("ben",), ("ben",), ("ann",))
    assert (found.requesters, found.labels, found.later_reviews) == ((), ("payments",), ())
    assert [(each.login, str(each.at)) for each in found.approvals] == [("ben", "2026-11-18 09:30:00+00:00")]
    assert (found.missing_checks, found.skipped_checks) == ((), ())
    assert gaps(inventory, MergeRequest) == set()


@pytest.mark.parametrize(("state", "merged"), [("merged", True), ("opened", False), ("closed", False)])
def test_what_is_merged(tmp_path: Path, state: str, merged: bool) -> None:
    assert listed(tmp_path, state=state, merged_at="2026-11-18T10:00:00Z" if merged else None).merged is merged


@pytest.mark.parametrize("state", ["locked", "Merged", "draft", None])
def test_a_state_that_is_not_known_is_unknown(tmp_path: Path, state: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = listed(tmp_path, state=state).merged


def test_when_it_was_merged(tmp_path: Path) -> None:
    """What was imported need not say it."""
    with pytest.raises(UnknownFact):
        _ = listed(tmp_path, merged_at=None).merged_at
    assert listed(tmp_path / "open", state="opened", merged_at=None).merged_at is None


def test_who_merged_it(tmp_path: Path) -> None:
    """`merged_by` is deprecated, and all that older servers tell."""
    assert listed(tmp_path, merge_user=user("cleo")).merged_by == "cleo"
    assert listed(tmp_path / "nobody", merge_user=None).merged_by is None
    older = {key: value for key, value in merge_request().items() if key != "merge_user"}
    files = {**merged_files(), "projects.merge_requests.acme%2Fweb": [older]}
    assert members(load(tmp_path / "older", files), MergeRequest)["3"].merged_by == "ben"


@pytest.mark.parametrize("name", ["project_7_bot_4ffca233d8298ea1", "group_1_bot", "service_account_group_9"])
def test_for_whom_a_program_proposed_it_is_not_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownFact, match="a program"):
        _ = listed(tmp_path, author=user(name)).requesters
    assert listed(tmp_path / "person", author=user(f"x{name}")).requesters == ()


def test_an_approval_of_an_earlier_push_is_none_of_the_final_commit(tmp_path: Path) -> None:
    before = approved(ben="18T08:00:00")
    found = approving(tmp_path, before, push(SHA, "18T09:00:00"), push(EARLIER, "17T09:00:00", "other"))
    assert found.approvers == ()
    untold = approving(tmp_path / "untold", before, push(SHA, "18T09:00:00", None), push(EARLIER, "17T09:00:00", None))
    assert untold.approvers == ()


def test_an_approval_before_a_push_that_changed_nothing_is_unknown(tmp_path: Path) -> None:
    """GitLab keeps it after a rebase, by the id of the patch."""
    pushes = [push(SHA, "18T09:00:00"), push(EARLIER, "17T09:00:00"), push("a" * 40, "16T09:00:00", "other")]
    with pytest.raises(UnknownFact, match="changed nothing"):
        _ = approving(tmp_path, approved(ben="17T10:00:00"), *pushes).approvers
    assert approving(tmp_path / "before", approved(ben="16T10:00:00"), *pushes).approvers == ()
    both = approved(ben="17T10:00:00", cleo="18T09:30:00")
    assert approving(tmp_path / "both", both, *pushes).approvers == ("cleo",)


@pytest.mark.parametrize("pushes", [[], [push(EARLIER, "18T09:00:00")]])
def test_pushes_that_do_not_end_with_the_final_commit_tell_nothing(tmp_path: Path, pushes: Any) -> None:
    with pytest.raises(UnknownFact, match="do not end"):
        _ = one(tmp_path, **{VERSIONS: pushes}).approvers


def test_an_approval_without_a_time_is_unknown(tmp_path: Path) -> None:
    """Servers leave it out that do not know it yet."""
    with pytest.raises(UnknownFact):
        _ = approving(tmp_path, {"approved_by": [{"user": user("ben")}]}).approvers


def test_without_an_approval_nothing_more_is_asked(tmp_path: Path) -> None:
    assert one(tmp_path, **{APPROVALS: approved(), VERSIONS: {"message": "403 Forbidden"}}).approvers == ()


def test_an_approval_after_the_merge_let_nothing_in(tmp_path: Path) -> None:
    found = approving(tmp_path, approved(ben="18T11:00:00"))
    assert (found.approvers, found.entitled_later) == ((), ("ben",))
    assert [(each.login, each.approves) for each in found.later_reviews] == [("ben", True)]


def test_who_may_not_write_may_approve_and_it_does_not_count(tmp_path: Path) -> None:
    files = merged_files(**{APPROVALS: approved(rex="18T09:30:00")})
    listed_members = [*files["groups.members.all"], {**user("rex"), "access_level": 20}]
    files["projects.members.all.acme%2Fweb"] = listed_members
    found = members(load(tmp_path, files), MergeRequest)["3"]
    assert (found.approvers, found.entitled_approvers) == (("rex",), ())


def test_whether_who_has_left_could_write_then_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="not in the list of the project's members"):
        _ = approving(tmp_path, approved(gone="18T09:30:00")).entitled_approvers
    found = approving(tmp_path / "two", approved(gone="18T09:30:00", ben="18T09:31:00"))
    assert found.entitled_approvers == ("ben",)


@pytest.mark.parametrize("address", ["7-zoe@users.noreply.gitlab.com", "7-zoe@users.noreply.gitlab.acme.example"])
def test_a_private_address_names_its_account(tmp_path: Path, address: str) -> None:
    found = one(tmp_path, **{COMMITS: [commit(address), commit("ben@acme.example", EARLIER)]})
    assert found.commit_authors == ("ben", "zoe")


@pytest.mark.parametrize("said", ["Co-authored-by: Ben <ben@acme.example>", "co-developed-by: Ben <BEN@acme.example>"])
def test_co_authors_wrote_it_too(tmp_path: Path, said: str) -> None:
    found = one(tmp_path, **{COMMITS: [commit(message=f"Charge in cents\n\n{said}\n")]})
    assert found.commit_authors == ("ann", "ben")


@pytest.mark.parametrize(
    "odd",
    [commit("rex@elsewhere.example"), commit(committer_email="rex@elsewhere.example"), commit(author_email=None),
     commit(message="x\n\nCo-authored-by: Rex")],
    ids=["author", "committer", "none", "co-author"],
)  # fmt: skip
def test_an_address_that_is_nobody_s_is_unknown(tmp_path: Path, odd: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = one(tmp_path, **{COMMITS: [odd]}).commit_authors


def test_somebody_whose_account_of_gitlab_is_not_told_is_unknown(tmp_path: Path) -> None:
    register = people(("ann@acme.example", ["github:ann"]))
    found = members(load(tmp_path, merged_files(), register=register), MergeRequest)["3"]
    with pytest.raises(UnknownFact, match="nobody's"):
        _ = found.commit_authors


def test_commits_that_do_not_reach_the_final_one_are_not_all(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="do not reach"):
        _ = one(tmp_path, **{COMMITS: [commit(sha=EARLIER)]}).commit_authors


@pytest.mark.parametrize("status", ["failed", "canceled"])
def test_a_pipeline_that_had_not_passed(tmp_path: Path, status: str) -> None:
    found = run(tmp_path, pipeline(status))
    assert (found.missing_checks, found.skipped_checks) == (("pipeline",), ())
    assert run(tmp_path / "optional", pipeline(status), demanded=False).missing_checks == ()


@pytest.mark.parametrize("finished", [None, "18T09:50:00"])
def test_a_pipeline_that_was_skipped(tmp_path: Path, finished: Any) -> None:
    refused = run(tmp_path, pipeline("skipped", finished=finished))
    assert (refused.missing_checks, refused.skipped_checks) == (("pipeline",), ())
    let = run(tmp_path / "let", pipeline("skipped", finished=finished), skipped=True)
    assert (let.missing_checks, let.skipped_checks) == ((), ("pipeline",))


@pytest.mark.parametrize(
    "ran",
    [None, pipeline(finished="18T10:00:01"), pipeline("failed", finished="18T10:00:01"), pipeline(finished=None),
     pipeline("running", finished=None), pipeline("manual"), pipeline("passed"), pipeline(sha=EARLIER), "success",
     pipeline(finished="soon")],
    ids=["none", "later", "failed later", "not ended", "running", "manual", "odd", "other commit", "text", "no time"],
)  # fmt: skip
def test_a_pipeline_that_may_have_been_another_one_then_is_unknown(tmp_path: Path, ran: Any) -> None:
    for fact in ("missing_checks", "skipped_checks"):
        with pytest.raises(UnknownFact):
            getattr(run(tmp_path / fact, ran, skipped=True), fact)


def test_a_merge_request_without_a_pipeline_may_have_needed_none(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="did they then"):
        _ = run(tmp_path, None).missing_checks


def test_a_project_whose_merge_requests_are_not_exported_is_a_gap(tmp_path: Path) -> None:
    files = merged_files()
    del files["projects.merge_requests.acme%2Fweb"]
    assert gaps(load(tmp_path, files), MergeRequest)


def test_a_full_page_of_merge_requests_may_be_cut(tmp_path: Path) -> None:
    many = [merge_request(number) for number in range(100)]
    assert gaps(load(tmp_path, {**merged_files(), "projects.merge_requests.acme%2Fweb": many}), MergeRequest)
    assert gaps(
        load(tmp_path / "more", {**merged_files(), "projects.merge_requests.acme%2Fweb": [*many, merge_request(100)]}),
        MergeRequest,
    ) == set()  # fmt: skip
