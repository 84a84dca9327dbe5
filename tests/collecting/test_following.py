"""Pages are followed to the last one, by each way in which a vendor names the next."""

import json
import tempfile
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.collecting.following import WrongPage, next_url
from soc2test.sources.collecting import Follow

FIRST = "https://a.example/things?limit=2"


def pages(folder: Path, *bodies: Any) -> list[Path]:
    made = []
    for number, body in enumerate(bodies, 1):
        made.append(folder / f"page.{number}")
        made[-1].write_text(body if isinstance(body, str) else json.dumps(body))
    return made


@pytest.mark.parametrize(
    ("follow", "bodies", "url"),
    [
        ("page_token", [{"nextPageToken": "a/b="}], f"{FIRST}&pageToken=a%2Fb%3D"),
        ("page_token", [{"nextPageToken": ""}], None),
        ("next_page_token", [{"nextPageToken": "a="}], f"{FIRST}&nextPageToken=a%3D"),
        ("next_page_token", [{"isLast": True}], None),
        ("page_token", [{}], None),
        ("cursor", [{"response_metadata": {"next_cursor": "x"}}], f"{FIRST}&cursor=x"),
        ("cursor", [{"response_metadata": {"next_cursor": ""}}], None),
        ("cursor", [{"response_metadata": None}], None),
        ("next_link", [{"@odata.nextLink": "https://a.example/p2"}], "https://a.example/p2"),
        ("next_link", [{"value": []}], None),
        ("paging_next", [{"paging": {"next": "https://a.example/p2", "first": "https://a.example"}}], "https://a.example/p2"),
        ("paging_next", [{"paging": {"first": "https://a.example"}}], None),
        ("paging_next", [{"data": []}], None),
        ("next_cursor", [{"pagination": {"nextCursor": "a="}}], f"{FIRST}&cursor=a%3D"),
        ("next_cursor", [{"pagination": {"nextCursor": None}}], None),
        ("next_cursor", [{"data": []}], None),
        ("page_of_pages", [{"result_info": {"page": 1, "total_pages": 2}}], f"{FIRST}&page=2"),
        ("page_of_pages", [{"result_info": {"page": 1, "total_pages": 1}}], None),
        ("page_of_pages", [{"result_info": {"page": 1, "total_pages": 0}}], None),
        ("page_of_pages", [{"result": []}], None),
        ("offset", [{"more": True, "offset": 0, "limit": 2}], f"{FIRST}&offset=2"),
        ("offset", [{"more": False, "offset": 2, "limit": 2}], None),
        ("page", [[1, 2]], f"{FIRST}&page=2"),
        ("page", [[1, 2], [3]], f"{FIRST}&page=3"),
        ("page", [[1, 2], [3], []], None),
        ("page", [{"error": "none of ours"}], None),
        ("skip", [{"totalCount": 3, "results": [1, 2]}], f"{FIRST}&skip=2"),
        ("skip", [{"totalCount": 3, "results": [1, 2]}, {"totalCount": 3, "results": [3]}], None),
        ("skip", [{"totalCount": 0, "results": []}], None),
    ],
)
def test_the_next_page_is_what_the_last_one_says(
    follow: Follow, bodies: list[Any], url: str | None, tmp_path: Path
) -> None:
    assert next_url(follow, FIRST, pages(tmp_path, *bodies), "") == url


@pytest.mark.parametrize(
    ("header", "url"),
    [
        ('<https://a.example/p2>; rel="next"', "https://a.example/p2"),
        ('<https://a.example/p1>; rel="self", <https://a.example/p2>; rel="next"', "https://a.example/p2"),
        ("<https://a.example/p2>; rel=next", "https://a.example/p2"),
        ('<https://a.example/p2?a=b,c>; title="x"; rel="next"', "https://a.example/p2?a=b,c"),
        ('<https://a.example/p1>; rel="self"', None),
        ('<https://a.example/p1>; rel="nextmost"', None),
        ("", None),
    ],
)
def test_a_link_header_names_the_next_page(header: str, url: str | None) -> None:
    assert next_url("link", FIRST, [Path("unread")], header) == url


@pytest.mark.parametrize(
    ("follow", "body", "header", "said"),
    [
        ("next_link", {"@odata.nextLink": "https://b.example/p2"}, "", "on another host"),
        ("next_link", {"@odata.nextLink": "http://a.example/p2"}, "", "on another host"),
        ("link", {}, '<https://a.example.evil.example/p2>; rel="next"', "on another host"),
        ("paging_next", {"paging": {"next": "https://b.example/p2"}}, "", "on another host"),
        ("page_of_pages", {"result_info": {"page": 2, "total_pages": 3}}, "", "page 1 says that it is page 2"),
        ("page_token", "no JSON", "", "page 1 is no JSON"),
        ("page", "no JSON", "", "page 1 is no JSON"),
        ("page_token", [], "", "page 1 is no JSON object"),
        ("skip", {"totalCount": 3, "results": []}, "", "page 1 is empty, and 0 of 3 were read"),
    ],
)
def test_a_page_that_leads_astray_is_refused(follow: Follow, body: Any, header: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(WrongPage, match=said):
        next_url(follow, FIRST, pages(tmp_path, body), header)


@given(st.integers(0, 7), st.integers(1, 3))
def test_a_list_of_any_length_is_read_whole_by_how_many_were_read(count: int, size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        seen: list[int] = []
        bodies: list[Any] = []
        url: str | None = FIRST
        while url is not None:
            start = int(url.partition("&skip=")[2] or 0)
            results = list(range(start, min(start + size, count)))
            seen += results
            bodies.append({"totalCount": count, "results": results})
            url = next_url("skip", FIRST, pages(Path(folder), *bodies), "")
        assert seen == list(range(count))


def test_a_page_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongPage, match="page 2 is the one before it once more"):
        next_url("page", FIRST, pages(tmp_path, [1], [1]), "")


def test_each_way_is_tested_here() -> None:
    assert set(get_args(Follow)) == {
        "", "link", "page_token", "next_page_token", "next_link", "paging_next", "cursor", "next_cursor", "skip", "offset",
        "page", "page_of_pages",
    }  # fmt: skip
