"""Runs over s3:// are runs over the same files in a folder, and what could not be had is missing in them."""

import json
import os
import re
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pexpect  # type: ignore[import-untyped]
import pytest
from programmes import Programme
from s3_server import BUCKET, S3, empty_bucket

from soc2test.remote.private_folder import PREFIX

pytestmark = pytest.mark.services
GOOD = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good
'''
URL = f"s3://{BUCKET}/exports"
OPTION = f"--soc2-exports={URL}"
KEY = "exports/things/one/things.list.json"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    """A server with an empty bucket."""
    with empty_bucket(monkeypatch) as server:
        yield server


@pytest.fixture
def good(programme: Programme, s3: S3, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Programme:
    """One control that passes over one thing in the bucket; there are no exports on the disk."""
    programme.policy(GOOD)
    s3.put(KEY, things({"id": "a", "good": True}))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return programme


def things(*things: dict[str, Any]) -> bytes:
    return json.dumps({"things": list(things)}).encode()


def left_behind(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.startswith(PREFIX)]


def test_verdicts(good: Programme, s3: S3, tmp_path: Path) -> None:
    assert good.run(OPTION, "policies").ret == 0
    assert good.verdict("OWN-01") == "pass"
    assert [each["path"] for each in good.matrix()["evidence"]] == ["things/one/things.list.json"]
    s3.put(KEY, things({"id": "a", "good": True}, {"id": "b", "good": False}))
    assert good.run(OPTION, "policies").ret == 1
    assert good.verdict("OWN-01") == "fail"
    assert left_behind(tmp_path) == []


def test_the_url_stands_in_soc2_yaml(good: Programme) -> None:
    good.write("soc2.yaml", f"system: Test\nexports: {URL}/\nsources: {{things: {{orgs: [one]}}}}\n")
    assert good.run().ret == 0
    good.write("soc2.yaml", f"system: Test\nexports: s3://{BUCKET}/none\nsources: {{things: {{orgs: [one]}}}}\n")
    result = good.run()
    assert result.ret == 4
    assert f"soc2.yaml:2: exports: s3://{BUCKET}/none: no export lies below it" in result.stderr.str()


def test_an_object_that_is_written_while_it_is_read(good: Programme, s3: S3) -> None:
    """The same bytes, which stand for a changed thing: nobody can tell, and no verdict rests on it."""
    s3.put("exports/README.md", b"x")

    def write(method: str, path: str) -> None:
        if path.endswith(KEY):
            s3.put(KEY, things({"id": "a", "good": False}))
            s3.before = lambda method, path: None

    s3.before = write
    assert good.run(OPTION, "policies").ret == 1
    assert good.verdict("OWN-01") == "not_evaluated"
    assert "things/one/things.list.json" in good.control("OWN-01")["reason"]["text"]
    assert "bytes were listed" in good.control("OWN-01")["reason"]["text"]


@pytest.mark.parametrize(
    "key", ["exports/things/one//things.list.page2.json", "exports/../things.list.json", "exports/things"]
)
def test_a_key_that_no_folder_can_hold(good: Programme, s3: S3, key: str) -> None:
    s3.put(key, things({"id": "b", "good": False}))
    result = good.run(OPTION, "policies")
    assert good.verdict("OWN-01") == "not_evaluated", result.stdout.str()
    assert result.ret == 1


def test_markers_of_folders_change_nothing(good: Programme, s3: S3) -> None:
    for key in ("exports/", "exports/things/", "exports/things/one/"):
        s3.put(key, b"")
    assert good.run(OPTION, "policies").ret == 0
    assert good.matrix()["unclaimed"] == []


def test_workers_read_the_copy_of_the_controller(good: Programme, s3: S3, tmp_path: Path) -> None:
    good.policy(GOOD + GOOD.replace("OWN-01", "OWN-02").replace("test_things", "test_other_things"))
    s3.put("exports/things/one/nobody.knows.json", b"{}")
    good.run(OPTION, "policies")
    alone = [(each["id"], each["verdict"], each["findings"]) for each in good.matrix()["controls"]]
    s3.asked.clear()
    result = good.run(OPTION, "policies", "-n", "2")
    assert result.ret == 0
    assert [(each["id"], each["verdict"], each["findings"]) for each in good.matrix()["controls"]] == alone
    assert sorted(s3.downloads()) == [f"/{BUCKET}/{KEY.rpartition('/')[0]}/nobody.knows.json", f"/{BUCKET}/{KEY}"]
    assert left_behind(tmp_path) == []


def test_workers_miss_what_the_controller_lost(good: Programme, s3: S3) -> None:
    s3.put("exports/things/one//x.json", b"{}")
    assert good.run(OPTION, "policies", "-n", "2").ret == 1
    assert good.verdict("OWN-01") == "not_evaluated"


def test_workers_take_the_url_of_soc2_yaml_from_the_controller(good: Programme, s3: S3) -> None:
    good.write("soc2.yaml", f"system: Test\nexports: {URL}\nsources: {{things: {{orgs: [one]}}}}\n")
    assert good.run("policies", "-n", "2").ret == 0
    assert s3.downloads() == [f"/{BUCKET}/{KEY}"]


def test_nothing_is_left_where_the_run_breaks(good: Programme, tmp_path: Path) -> None:
    good.write("conftest.py", "def pytest_collection_finish(): raise KeyboardInterrupt\n")
    assert good.run(OPTION, "policies").ret == 2
    assert left_behind(tmp_path) == []
    good.write("conftest.py", "def pytest_sessionstart(): raise RuntimeError\n")
    assert good.run(OPTION, "policies").ret == 3
    assert left_behind(tmp_path) == []


def test_a_time_limit_that_ends_the_process_leaves_nothing(good: Programme, tmp_path: Path) -> None:
    """As pytest-timeout does it, from its own module; the artifacts are written from the copy before it goes."""
    good.write("pytest_timeout.py", "import os\ndef end(): os._exit(1)\n")
    good.policy(GOOD.replace("    assert thing.good", "    __import__('pytest_timeout').end()"))
    assert good.run(OPTION, "policies").ret == 3
    assert good.matrix()["state"] == "finished"
    assert "ended by pytest-timeout" in good.matrix()["incomplete_because"]
    assert [each["path"] for each in good.matrix()["evidence"]] == ["things/one/things.list.json"]
    assert left_behind(tmp_path) == []


def test_the_copy_goes_last_of_all(good: Programme) -> None:
    good.write("conftest.py", "def pytest_collection_finish():\n    from soc2test.pytest_plugin.sudden_end import LAST_WORDS\n"
               "    open('order', 'w').write(' '.join(say.__qualname__ for say in LAST_WORDS))\n")  # fmt: skip
    good.run(OPTION, "policies")
    assert (good.path / "order").read_text() == "Ending.ended _take_away_at_the_end.<locals>.last"


def test_to_collect_alone_downloads_nothing(good: Programme, s3: S3) -> None:
    assert good.run(OPTION, "policies", "--collect-only").ret == 0
    assert s3.asked == []


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("s3://no-such-bucket/x", "s3://no-such-bucket/x: there is no such bucket or container (NoSuchBucket)"),
        (f"s3://{BUCKET}/none", "no export lies below it"),
        (f"s3://{BUCKET}/{KEY}", "is an object: name the prefix"),
        ("s3n://x", "s3n:// is no object store that is known; did you mean"),
        (f"s3://AKIA:hush@{BUCKET}/x", "holds credentials"),
    ],
)
def test_usage_errors(good: Programme, url: str, says: str, tmp_path: Path) -> None:
    result = good.run(f"--soc2-exports={url}", "policies")
    assert result.ret == 4
    assert f"--soc2-exports: {says}" in result.stderr.str() or says in result.stderr.str()
    everything = result.stdout.str() + result.stderr.str() + "".join(
        path.read_text() for path in (good.path / "soc2-report").rglob("*") if path.is_file()
    )  # fmt: skip
    assert "hush" not in everything
    assert left_behind(tmp_path) == []


def test_without_credentials(good: Programme, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("HOME", str(tmp_path))
    result = good.run(OPTION, "policies")
    assert result.ret == 4
    assert f"{URL}: there are no credentials that hold" in result.stderr.str()
    assert "set AWS_PROFILE" in result.stderr.str()


def test_an_endpoint_that_is_not_there(good: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free.getsockname()[1]}")
    result = good.run(OPTION, "policies")
    assert result.ret == 4
    assert f"{URL}: the service can't be reached" in result.stderr.str()


def test_a_local_folder_of_such_a_name(good: Programme) -> None:
    good.things({"id": "a", "good": False})
    (good.path / "s3:" / BUCKET).mkdir(parents=True)
    (good.path / "exports").rename(good.path / "s3:" / BUCKET / "exports")
    for path in (f"s3:/{BUCKET}/exports", f"./{URL}", str(good.path / "s3:" / BUCKET / "exports")):
        assert good.run(f"--soc2-exports={path}", "policies").ret == 1
        assert good.verdict("OWN-01") == "fail"
    result = good.run(OPTION, "policies")
    assert result.ret == 4
    assert f"{URL} is a local folder too: write ./ before it" in result.stderr.str()


def test_option_and_url_as_two_arguments(good: Programme) -> None:
    assert good.run("--soc2-exports", URL, "policies").ret == 0


def test_github_annotations_name_the_url(good: Programme, s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    s3.put(KEY, things({"id": "a", "good": False}))
    text = good.run(OPTION, "policies").stdout.str()
    assert f"file=s3%3A//{BUCKET}/exports/things/one/things.list.json" in text
    assert PREFIX not in text


def test_no_artifact_names_the_temporary_folder(good: Programme, s3: S3) -> None:
    s3.put("exports/things/one//x.json", b"{}")
    s3.put("exports/broken.zip", b"PK")
    result = good.run(OPTION, "policies", "-rA", "-v")
    reports = "".join(path.read_text() for path in (good.path / "soc2-report").rglob("*") if path.is_file())
    assert "broken.zip" in reports
    assert PREFIX not in reports + result.stdout.str() + result.stderr.str()
    assert tempfile.gettempdir() not in reports


@pytest.mark.parametrize(("more", "shows"), [((), True), (("-q",), False)])
def test_a_long_download_is_shown_on_a_terminal(good: Programme, s3: S3, more: tuple[str, ...], shows: bool) -> None:
    s3.put("exports/things/two/things.list.json", things({"id": "b", "good": True}))

    def slow(method: str, path: str) -> None:
        if method == "GET" and path.endswith(KEY):
            time.sleep(3.3)

    s3.before = slow
    child = pexpect.spawn(
        sys.executable, ["-m", "pytest", "-p", "no:randomly", "--soc2", "--soc2-as-of", "2026-11-20", OPTION, *more, "policies"],
        dimensions=(40, 100), encoding="utf-8", timeout=60, cwd=good.path, env={**os.environ, "TERM": "xterm"},
    )  # fmt: skip
    child.expect(pexpect.EOF)
    child.close()
    shown = str(child.before)
    assert ("downloading export 1 of 2" in re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)) is shows
    assert shown.count("\x1b[?25l") == shown.count("\x1b[?25h")
    assert "1 passed" in shown[shown.rindex("\x1b[?25h") if shows else 0 :]
