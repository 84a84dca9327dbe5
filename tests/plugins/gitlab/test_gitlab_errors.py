"""What GitLab answers instead of data, and whose exports are whose."""

from pathlib import Path
from typing import Any

import pytest
from gitlab_reading import gaps, group_files, load, members, merge_request, merged_files, project

from soc2test import UnknownFact
from soc2test_plugins.gitlab.kinds import GitlabMember, GitlabProject, MergeRequest
from soc2test_plugins.gitlab.source import error_info


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"message": "401 Unauthorized"}, "401"),
        ({"message": "403 Forbidden"}, "403"),
        ({"message": "404 Project Not Found"}, "404"),
        ({"error": "404 Not Found"}, "404"),
        ({"error": "insufficient_scope", "error_description": "higher privileges", "scope": "api"}, "insufficient_scope"),
        ({"message": {"error": "odd"}}, "error"),
        ({"message": "Retry later"}, "error"),
    ],
)  # fmt: skip
def test_error_bodies(body: Any, code: str) -> None:
    told = error_info(body)
    assert told is not None
    assert told.code == code


@pytest.mark.parametrize("body", [{}, [], None, "x", {"message": "403", "id": 1}, {"id": 1}])
def test_data_is_no_error(body: Any) -> None:
    assert error_info(body) is None


@pytest.mark.parametrize("message", ["401 Unauthorized", "403 Forbidden", "404 Group Not Found"])
def test_a_list_that_was_denied_is_no_empty_one(tmp_path: Path, message: str) -> None:
    """404 stands for what may not be seen too."""
    assert gaps(load(tmp_path, {"groups.projects": {"message": message}}), GitlabProject) == {"denied"}


def test_a_server_s_own_fault_is_a_failure(tmp_path: Path) -> None:
    assert gaps(load(tmp_path, {"groups.projects": {"message": "500 Internal Server Error"}}), GitlabProject) == {
        "failed"
    }


@pytest.mark.parametrize(("host", "group"), [("gitlab.acme.example", "acme"), ("gitlab.com", "other")])
def test_the_exports_of_another_host_or_group_are_refused(tmp_path: Path, host: str, group: str) -> None:
    files = {name: body for name, body in merged_files().items() if name != "groups.get"}  # the login says it too
    assert gaps(load(tmp_path / "own", files), MergeRequest) == set()
    assert "identity" in gaps(load(tmp_path / "other", files, host=host, group=group), MergeRequest)


def test_the_login_of_another_group_is_refused(tmp_path: Path) -> None:
    files = group_files("acme/web")
    assert gaps(load(tmp_path / "own", files), GitlabMember) == set()
    files["groups.get"] = {**files["groups.get"], "full_path": "other"}
    assert gaps(load(tmp_path / "other", files), GitlabMember) == {"identity"}


def test_projects_of_another_group_are_missed(tmp_path: Path) -> None:
    """A list has those that are shared with the group unless it is asked without."""
    assert gaps(load(tmp_path, {"groups.projects": [project(), project("other/shared", 8)]}), GitlabProject)


def test_an_answer_about_another_merge_request_does_not_count(tmp_path: Path) -> None:
    """The file's name says 4, and the answer is of 3: a loop that mixed up one answer is no witness."""
    files = merged_files()
    files["projects.merge_requests.acme%2Fweb"] = [merge_request(3), merge_request(4)]
    files["merge_requests.get.acme%2Fweb~4"] = files["merge_requests.get.acme%2Fweb~3"]
    told = members(load(tmp_path, files), MergeRequest)
    assert told["3"].missing_checks == ()
    with pytest.raises(UnknownFact):
        _ = told["4"].missing_checks
