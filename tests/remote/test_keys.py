"""Keys of objects as paths in a folder: what can't lie there as it is named is lost, and no other file takes its place."""

import pytest

from soc2test.remote.keys import sort_keys
from soc2test.remote.listing import Listed


def of(key: str, size: int = 1) -> Listed:
    return Listed(key=key, name=f"b/{key}", size=size, state=("1",))


def sort(*objects: Listed, apart: bool = True) -> tuple[list[str], dict[str, str]]:
    """Keys that are fetched, and the reasons of those that are lost by their place."""
    done = sort_keys(objects, tells_names_apart=apart)
    return [each.key for each in done.fetched], {found.place: found.refused for found in done.lost}


@pytest.mark.parametrize(
    ("key", "place", "says"),
    [
        ("aws//x.json", "aws//x.json", "empty part"),
        ("/aws/x.json", "/aws/x.json", "empty part"),
        ("aws/./x.json", "aws/./x.json", ". or .. as a part"),
        ("aws/../gcp/x.json", "'aws/../gcp/x.json'", ". or .. as a part"),
        ("..", "'..'", ". or .. as a part"),
        ("aws/x\0.json", "'aws/x\\x00.json'", "NUL"),
        ("aws/x\ud800.json", "'aws/x\\ud800.json'", "no Unicode"),
        ("aws/" + "x" * 256, "aws/" + "x" * 256, "over 255 bytes"),
        ("aws/" + "é" * 128, "aws/" + "é" * 128, "over 255 bytes"),
        ("aws/x.json/", "aws/x.json/", "under the name of a folder"),
    ],
)
def test_no_safe_path(key: str, place: str, says: str) -> None:
    fetched, lost = sort(of(key), of("okta/y.json"))
    assert fetched == ["okta/y.json"]
    assert [*lost] == [place]
    assert says in lost[place]


@pytest.mark.parametrize(
    "key", ["aws/x y.json", "aws/é.json", "aws/a%2Fb.json", "aws/x?y#z*.json", "aws/x..y", "a\\b", "x" * 255]
)
def test_odd_and_safe(key: str) -> None:
    assert sort(of(key)) == ([key], {})


@pytest.mark.parametrize("key", ["", "aws/", "aws/0123/", "a//"])
def test_markers_of_folders_are_no_evidence(key: str) -> None:
    assert sort(of(key, 0), of("aws/x.json")) == (["aws/x.json"], {})


def test_an_object_in_the_place_of_a_folder() -> None:
    fetched, lost = sort(of("aws"), of("aws/x.json"))
    assert fetched == ["aws/x.json"]
    assert [*lost] == ["aws"]
    assert sort(of("aws", 0), of("aws/x.json")) == (["aws/x.json"], {})  # a marker without a slash
    assert sort(of("aws", 0)) == (["aws"], {})  # nothing says that it is one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("aws/x.json", "aws/X.json"),
        ("aws/x.json", "AWS/y.json"),
        ("a/é.json", "a/e\u0301.json"),
        ("a/ß.json", "a/SS.json"),
    ],
)
def test_names_that_a_disk_takes_for_one(one: str, other: str) -> None:
    assert sort(of(one), of(other), of("okta/z.json")) == ([one, other, "okta/z.json"], {})
    fetched, lost = sort(of(one), of(other), of("okta/z.json"), apart=False)
    assert fetched == ["okta/z.json"]
    assert set(lost) == {one, other}


def test_what_is_hidden_is_not_fetched() -> None:
    done = sort_keys([of(".x.json"), of("aws/.y.json"), of(".git/z.json"), of("a.json")], tells_names_apart=True)
    assert [each.key for each in done.fetched] == ["a.json"]
    assert [each.key for each in done.hidden] == [".x.json", "aws/.y.json"]
    assert done.lost == ()
