"""`soc2test collect`: calls are made, answers kept, and nothing of what was there is lost where none came."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from own_controls_alone import ASKED
from programmes import HEAD
from vendors import Company

from soc2test.cli.main import main
from soc2test.collecting.begun import Begun
from soc2test.folder_lock import FolderLock

AWS = """
--version) echo 'aws-cli/2.31.0 Python/3.13.7 Linux/6.1' ;;
'sts get-caller-identity'*'--profile other') echo '{"Account": "999999999999", "Arn": "arn:aws:iam::999999999999:u/me"}' ;;
'sts get-caller-identity'*) echo '{"Account": "012345678901", "Arn": "arn:aws:sts::012345678901:assumed-role/audit/ci"}' ;;
's3api list-buckets'*) echo '{"Buckets": [{"Name": "data", "CreationDate": "2024-01-01T00:00:00Z"}]}' ;;
's3api get-bucket-policy '*) echo "An error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation" >&2
    exit 254 ;;
*) echo "An error occurred (AccessDenied) when calling the X operation: request $$" >&2; exit 254 ;;
"""
ONE = "  aws:\n    accounts: ['012345678901']\n    regions: [eu-west-1]\n"
EXPORTS = "aws/012345678901/eu-west-1"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOC2TEST_PAUSE", "0")
    return tmp_path


def collect(company: Company, *args: str, **env: str) -> Result:
    """Run it in this process: which controls are shipped and which tools there are is the environment's."""
    return CliRunner(env={**company.env, **env}).invoke(main, ["collect", *args], catch_exceptions=False)


def manifest(company: Company) -> dict[str, Any]:
    value: dict[str, Any] = yaml.safe_load((company.exports / "manifest.yaml").read_text())
    return value


def test_lists_come_first_and_then_what_they_name(here: Path) -> None:
    company = Company(here, ONE)
    company.tool("aws", AWS)
    done = collect(company)
    assert done.exit_code == 0, done.output
    calls = company.asked()
    assert calls[0].startswith("aws sts get-caller-identity")
    assert sum("sts get-caller-identity" in call for call in calls) == 1
    lists = next(number for number, call in enumerate(calls) if "s3api list-buckets" in call)
    assert all(number > lists for number, call in enumerate(calls) if "--bucket data" in call)
    assert len(calls) == len(set(calls)), "a call was made twice"
    policy = json.loads((company.exports / EXPORTS / "s3api.get-bucket-policy.data.json").read_text())
    assert policy["error"]["code"] == "NoSuchBucketPolicy"
    assert policy["subject"] == {"account": "012345678901", "region": "eu-west-1", "bucket": "data"}
    assert "1 documented" in done.stdout
    assert "Denied: who asks may not see it" in done.stdout
    note = manifest(company)["files"][f"{EXPORTS}/s3api.list-buckets.json"]
    assert note["records"] == 1
    assert note["collector"]["tool"] == "soc2test collect"
    assert note["collector"]["identity"] == "arn:aws:sts::012345678901:assumed-role/audit/ci"
    assert note["command"].startswith("aws s3api list-buckets")
    assert sorted(each.name for each in company.exports.iterdir()) == [".collected", "aws", "manifest.yaml"]


def test_the_next_night_all_is_asked_again_and_what_is_gone_goes(here: Path) -> None:
    company = Company(here, ONE)
    company.tool("aws", AWS)
    collect(company)
    first = company.asked()
    company.tool("aws", AWS.replace('"data"', '"other"'))
    done = collect(company)
    assert done.exit_code == 0, done.output
    assert len(company.asked()) == len(first)
    names = {each.name for each in (company.exports / EXPORTS).iterdir()}
    assert "s3api.get-bucket-policy.other.json" in names
    assert "s3api.get-bucket-policy.data.json" not in names
    assert f"{EXPORTS}/s3api.get-bucket-policy.data.json" not in manifest(company)["files"]


@pytest.mark.long
def test_files_that_others_put_there_stay(here: Path) -> None:
    company = Company(here, ONE)
    company.tool("aws", AWS)
    collect(company)
    other = company.exports / EXPORTS / "iam.list-users.json"
    other.write_text('{"Users": []}')
    value = manifest(company)
    value["files"][f"{EXPORTS}/iam.list-users.json"] = {"collected_at": "2026-01-01", "collector": {"tool": "ours"}}
    (company.exports / "manifest.yaml").write_text(yaml.safe_dump(value))
    company.tool("aws", AWS.replace("'s3api list-buckets'*)", "'iam list-users'*) exit 3 ;;\n's3api list-buckets'*)"))
    collect(company)
    assert other.read_text() == '{"Users": []}'


def test_another_account_stops_its_scope_and_keeps_what_was_there(here: Path) -> None:
    two = "  aws:\n    accounts: {'012345678901': {profile: audit}, '123456789012': {profile: %s}}\n    regions: [eu-west-1]\n"
    company = Company(here, two % "second")
    company.tool(
        "aws",
        AWS.replace(
            "'sts get-caller-identity'*)",
            """'sts get-caller-identity'*'--profile second')
    echo '{"Account": "123456789012", "Arn": "arn:aws:iam::123456789012:user/me"}' ;;
's3api list-buckets'*'--profile second') echo '{"Buckets": [{"Name": "theirs", "CreationDate": "2024-01-01T00:00:00Z"}]}' ;;
'sts get-caller-identity'*)""",
        ),
    )
    first = collect(company)
    assert first.exit_code == 0, first.output
    (here / "soc2.yaml").write_text((here / "soc2.yaml").read_text().replace("second", "other"))
    company.asked()
    done = collect(company)
    assert done.exit_code == 1
    assert "aws account 123456789012: signed in elsewhere: `aws sts get-caller-identity" in done.stdout
    assert all("--profile audit" in call or "sts" in call for call in company.asked())
    kept = company.exports / "aws/123456789012/eu-west-1/s3api.list-buckets.json"
    assert json.loads(kept.read_text())["Buckets"][0]["Name"] == "theirs"
    assert "aws/123456789012/eu-west-1/s3api.list-buckets.json" in manifest(company)["files"]
    assert "files of before stay" in done.stdout


def test_what_was_not_answered_leaves_what_was(here: Path) -> None:
    company = Company(here, ONE)
    company.tool("aws", AWS)
    collect(company)
    before = (company.exports / EXPORTS / "s3api.list-buckets.json").read_text()
    note = manifest(company)["files"][f"{EXPORTS}/s3api.list-buckets.json"]
    company.tool(
        "aws",
        AWS.replace(
            'echo \'{"Buckets"', "echo 'Could not connect to the endpoint URL' >&2; exit 255; echo '{\"Buckets\""
        ),
    )
    company.asked()
    done = collect(company)
    assert done.exit_code == 1
    assert "Could not connect to the endpoint URL (asked 5 times)" in done.stdout
    assert sum("list-buckets" in call for call in company.asked()) == 5
    assert (company.exports / EXPORTS / "s3api.list-buckets.json").read_text() == before
    assert manifest(company)["files"][f"{EXPORTS}/s3api.list-buckets.json"] == note
    assert (company.exports / EXPORTS / "s3api.get-bucket-policy.data.json").exists()


def test_a_call_that_was_throttled_is_made_again(here: Path) -> None:
    company = Company(here, ONE)
    flag = here / "throttled"
    company.tool(
        "aws",
        AWS.replace(
            "'s3api list-buckets'*) echo",
            f"""'s3api list-buckets'*)
    if [ ! -e '{flag}' ]; then : >'{flag}'; echo 'An error occurred (ThrottlingException) when calling it' >&2; exit 254; fi
    echo""",
        ),
    )
    done = collect(company)
    assert done.exit_code == 0, done.output
    assert sum("list-buckets" in call for call in company.asked()) == 2
    assert json.loads((company.exports / EXPORTS / "s3api.list-buckets.json").read_text())["Buckets"]


@pytest.mark.parametrize(
    ("version", "said"),
    [("aws-cli/1.29.0", "aws 2.0 or newer is needed, this is 1.29.0"), (None, "aws is not installed (2.0 or newer")],
)
def test_a_tool_that_is_old_or_missing_is_named(here: Path, version: str | None, said: str) -> None:
    company = Company(here, ONE)
    if version is not None:
        company.tool("aws", AWS.replace("aws-cli/2.31.0", version))
    done = collect(company, PATH=f"{company.bin}:/nowhere" if version is None else company.env["PATH"])
    assert done.exit_code == 1
    assert said in done.stdout


def test_the_plan_makes_no_call(here: Path) -> None:
    company = Company(here, ONE)
    company.tool("aws", AWS)
    done = collect(company, "--plan")
    assert done.exit_code == 0, done.output
    assert "first aws sts get-caller-identity --output json" in done.stdout
    assert "  aws s3api list-buckets" in done.stdout
    assert not company.log.exists()
    assert not company.exports.exists()


def test_what_was_interrupted_goes_on_where_it_stopped(here: Path) -> None:
    company = Company(here, ONE)
    waits = "'s3api list-buckets'*) [ -e go ] || sleep 60; echo"
    company.tool("aws", AWS.replace("'s3api list-buckets'*) echo", waits))
    process = subprocess.Popen(
        [sys.executable, "-c", "from soc2test.cli.main import main; main()", "collect", "--jobs", "2"], env=company.env, cwd=here,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and "list-buckets" not in (
        company.log.read_text() if company.log.exists() else ""
    ):
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    assert "interrupted: `soc2test collect` goes on where it stopped" in errors
    assert (company.exports / ".collecting/begun.json").exists()
    answered = [call for call in company.asked() if "list-buckets" not in call and "sts" not in call]
    kept = {each.name for each in (company.exports / EXPORTS).iterdir()}
    assert kept
    (here / "go").touch()
    done = collect(company)
    assert done.exit_code == 0, done.output
    assert "goes on with the collection that began at" in done.stderr
    again = company.asked()
    finished = [call for call in answered if _file(call) in kept]
    assert finished
    assert not set(finished) & set(again)
    assert not (company.exports / ".collecting").exists()


def _file(call: str) -> str:
    return ".".join(call.split()[1:3]) + ".json"


OWN = """
from soc2test import Collecting, ErrorInfo, Resource, Source, facts, hookimpl

class Thing(Resource, frozen=True, gc=False, kw_only=True):
    owner: str | None

def error(body):
    return ErrorInfo(body["error"]) if isinstance(body, dict) and isinstance(body.get("error"), str) else None

things = Source(
    "things", scope=["org"], denied=["forbidden"], error=error,
    collecting=Collecting(FOLLOW, tools={"curl --version": "7.76.0"}, variables={"THINGS_TOKEN": "a token", "THINGS_URL": "where it is"}),
)

@things.reads("things list", kind=Thing, items="value", lists=True, next="@odata.nextLink", command=LIST)
def thing(item, at):
    return facts(item["id"])

@things.reads("things owner", kind=Thing, subject="thing", named_by={"thing": "id"}, command=OWNER)
def owner(item, at):
    return facts(at["thing"], owner=item["owner"])

@hookimpl
def soc2_sources():
    return [things]
"""
POLICY = (
    HEAD
    + '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_owned(thing: Thing):
    """Every thing has an owner."""
    assert thing.owner
'''
)
CURL = 'curl --fail-with-body -sS -H "Authorization: Bearer $THINGS_TOKEN" "$THINGS_URL'


class Server(BaseHTTPRequestHandler):
    """Two pages of things and who owns each; the second owner is nobody's to see, the third is slow to be told."""

    asked: list[str]
    tokens: set[str]
    busy: int
    fewer: bool

    def do_GET(self) -> None:  # the name that the standard library calls
        kind = type(self)
        kind.asked.append(self.path)
        kind.tokens.add(self.headers.get("Authorization", ""))
        path, _, query = self.path.partition("?")
        if "expired" in self.headers.get("Authorization", ""):
            self._say(401, {"error": "invalid_token"})
        elif path == "/circle":
            here = f"http://{self.headers['Host']}/circle?page=2"
            self._say(200, {"value": [], "@odata.nextLink": here})
        elif path == "/broken":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b'{"value": [')
        elif path == "/page":
            self._say(200, "<!DOCTYPE html><html><body>Sign in</body></html>")
        elif path == "/things":
            more = f"http://{self.headers['Host']}/things?org=one&page=2"
            first = {"value": [{"id": "a b"}, {"id": "$(id)"}], "@odata.nextLink": more}
            self._say(200, {"value": [] if kind.fewer else [{"id": "c"}]} if "page=2" in query else first)
        elif path == "/owner/a%20b":
            self._say(200, {"owner": "ann"})
        elif path == "/owner/c" and kind.busy:
            kind.busy -= 1
            self._say(429, {"error": "slow down"}, {"Retry-After": "0"})
        elif path == "/owner/c":
            self._say(200, {"owner": "bob"})
        else:
            self._say(403, {"error": "forbidden"})

    def _say(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    handler = type("Handler", (Server,), {"asked": [], "tokens": set(), "busy": 2, "fewer": False})
    listening = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=listening.serve_forever, daemon=True).start()
    monkeypatch.setenv("THINGS_URL", f"http://127.0.0.1:{listening.server_port}")
    monkeypatch.setenv("THINGS_TOKEN", "s3cret")
    monkeypatch.setenv(ASKED, "1")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield handler
    listening.shutdown()
    listening.server_close()


def programme(here: Path, listing: str, owner: str, follow: str = '"next_link"') -> Path:
    """A programme with one source of its own, whose list is told by a command."""
    (here / "plugins").mkdir()
    text = OWN.replace("LIST", repr(listing)).replace("OWNER", repr(owner)).replace("FOLLOW", f"follow={follow}")
    (here / "plugins/things.py").write_text(text)
    (here / "policies").mkdir()
    (here / "policies/own.py").write_text(POLICY)
    (here / "soc2.yaml").write_text("system: A\nsources: {things: {orgs: [one]}}\n")
    return here / "exports/things/one"


def run_collect(*args: str) -> Result:
    return CliRunner().invoke(main, ["collect", *args], catch_exceptions=False)


def manifest_of(here: Path) -> dict[str, Any]:
    value: dict[str, Any] = yaml.safe_load((here / "exports/manifest.yaml").read_text())
    return value


def test_plain_http_is_asked_without_a_process(here: Path, server: Any) -> None:
    exports = programme(here, f'{CURL}/things?org={{org}}"', f'{CURL}/owner/{{thing:url}}"')
    done = run_collect()
    assert done.exit_code == 0, done.output
    assert [json.loads((exports / f"things.list.page{page}.json").read_text())["value"] for page in (1, 2)] == [
        [{"id": "a b"}, {"id": "$(id)"}], [{"id": "c"}],
    ]  # fmt: skip
    told = {name: json.loads((exports / name).read_text()) for name in os.listdir(exports) if "owner" in name}
    assert sorted(body.get("owner") or body["error"]["code"] for body in told.values()) == ["ann", "bob", "forbidden"]
    assert server.asked.count("/owner/c") == 3
    assert server.asked.count("/owner/%24%28id%29") == 1, "a no is asked once"
    assert server.tokens == {"Bearer s3cret"}
    files = [path for path in (here / "exports").rglob("*") if path.is_file()]
    assert "s3cret" not in done.output + "".join(path.read_text("utf-8", "replace") for path in files)
    assert manifest_of(here)["files"]["things/one/things.list.page1.json"]["complete"] is True


def test_a_variable_that_is_not_set_stops_its_scope(here: Path, server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    programme(here, f'{CURL}/things"', f'{CURL}/owner/{{thing:url}}"')
    monkeypatch.delenv("THINGS_TOKEN")
    done = run_collect()
    assert done.exit_code == 1
    assert "things org one: set THINGS_TOKEN (a token)" in done.stdout
    assert server.asked == []


@pytest.mark.each(2)
@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("things list --org {org} > file", "> means something to a shell"),
        ("things list --org {org}", "which commands of things only read is not known"),
        ("gh api -X DELETE orgs/{org}", "is none of the commands that only read"),
    ],
)
def test_what_may_do_more_than_read_is_not_run(here: Path, server: Any, command: str, said: str) -> None:
    exports = programme(here, command, f'{CURL}/owner/{{thing:url}}"', follow='""')
    done = run_collect()
    assert done.exit_code == 1
    assert "Not asked." in done.stdout
    assert said in done.stdout
    assert not exports.exists()


def test_a_server_that_is_down_is_told_and_what_was_there_stays(
    here: Path, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports = programme(here, f'{CURL}/things"', f'{CURL}/owner/{{thing:url}}"')
    assert run_collect().exit_code == 0
    before = {path.name: path.read_bytes() for path in exports.iterdir()}
    monkeypatch.setenv("THINGS_URL", "http://127.0.0.1:1")
    done = run_collect()
    assert done.exit_code == 1
    assert "ConnectError" in done.stdout
    assert {path.name: path.read_bytes() for path in exports.iterdir()} == before


def test_what_an_auditor_chose_stands_in_the_manifest(here: Path, server: Any) -> None:
    programme(here, f'{CURL}/things"', f'{CURL}/owner/{{thing:url}}"')
    assert run_collect("--witness", "Firm, Name", "--nonce", "kayak 7").exit_code == 0
    assert manifest_of(here)["nonce"] == "kayak 7"
    assert manifest_of(here)["witness"] == "Firm, Name"
    collectors = [note["collector"] for note in manifest_of(here)["files"].values()]
    assert {collector["nonce"] for collector in collectors} == {"kayak 7"}
    again = run_collect()
    assert again.exit_code == 0, again.output
    assert "nonce" not in manifest_of(here)


def test_a_disk_that_takes_no_more_ends_it_and_says_how_to_go_on(
    here: Path, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme(here, f'{CURL}/things"', f'{CURL}/owner/{{thing:url}}"')

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("soc2test.collecting.keeping.Keeper.keep", full)
        done = run_collect()
    assert done.exit_code == 1
    assert "No space left on device: what was collected stays, and `soc2test collect` goes on from there" in done.stderr
    assert run_collect().exit_code == 0


def test_without_a_programme_there_is_nothing_to_collect(here: Path) -> None:
    done = run_collect()
    assert done.exit_code == 2
    assert "there is no soc2.yaml here" in done.stderr


def test_a_source_that_is_not_declared_is_refused(here: Path) -> None:
    (here / "soc2.yaml").write_text("system: A\nsources:\n" + ONE)
    assert "soc2.yaml does not declare okta" in run_collect("--source", "okta").stderr
    assert "there is no source 'awss'; did you mean aws" in run_collect("--source", "awss").stderr


def test_pages_in_a_circle_are_no_list(here: Path, server: Any) -> None:
    exports = programme(here, f'{CURL}/circle"', f'{CURL}/owner/{{thing:url}}"')
    done = run_collect()
    assert done.exit_code == 1
    assert "page 2 names one that was read before" in done.stdout
    assert server.asked.count("/circle") == 1
    assert not exports.exists()


def test_a_connection_that_breaks_off_is_tried_again(here: Path, server: Any) -> None:
    exports = programme(here, f'{CURL}/broken"', f'{CURL}/owner/{{thing:url}}"')
    done = run_collect()
    assert done.exit_code == 1
    assert "(asked 5 times)" in done.stdout
    assert server.asked == ["/broken"] * 5
    assert not exports.exists()


@pytest.mark.long
def test_an_expired_login_takes_nothing_away(here: Path, server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    exports = programme(here, f'{CURL}/things"', f'{CURL}/owner/{{thing:url}}"')
    assert run_collect().exit_code == 0
    before = {path.name: path.read_bytes() for path in exports.iterdir()}
    monkeypatch.setenv("THINGS_TOKEN", "expired")
    done = run_collect()
    assert done.exit_code == 1
    assert "Not answered." in done.stdout
    assert {path.name: path.read_bytes() for path in exports.iterdir()} == before


def test_a_login_page_is_no_answer_of_use(here: Path, server: Any) -> None:
    programme(here, f'{CURL}/page"', f'{CURL}/owner/{{thing:url}}"', follow='""')
    done = run_collect()
    assert done.exit_code == 1
    assert "Answered with something that no run relies on:\n  things/one/things.list.json: " in done.stdout


@pytest.mark.long
def test_a_collection_of_other_sources_is_not_gone_on_with(here: Path, server: Any) -> None:
    exports = programme(here, f'{CURL}/things"', f'{CURL}/owner/{{thing:url}}"')
    assert run_collect().exit_code == 0
    before = {path.name for path in exports.iterdir()}
    begun = Begun(here / "exports", datetime.now(UTC))
    begun.begin(["things"], afresh=False)
    assert list(exports.iterdir()) == []
    other = Begun(here / "exports", datetime.now(UTC))
    other.begin(["another"], afresh=False)
    assert not other.resumed
    assert {path.name for path in exports.iterdir()} == before
    assert manifest_of(here)["files"].keys() == {f"things/one/{name}" for name in before}


@pytest.mark.long
def test_a_broken_policy_takes_no_evidence_away(here: Path, server: Any) -> None:
    exports = programme(here, f'{CURL}/things"', f'{CURL}/owner/{{thing:url}}"')
    assert run_collect().exit_code == 0
    before = {path.name: path.read_bytes() for path in exports.iterdir()}
    (here / "policies/own.py").write_text("raise RuntimeError\n")
    named = POLICY.replace("OWN-01", "OWN-02").replace("assert thing.owner", "assert thing.id")
    (here / "policies/other.py").write_text(named)
    server.asked.clear()
    assert run_collect().exit_code == 4
    assert server.asked, "the list is asked for by the other test"
    assert not [path for path in server.asked if "owner" in path]
    assert {path.name: path.read_bytes() for path in exports.iterdir()} == before


def test_two_do_not_collect_into_one_folder(here: Path, server: Any) -> None:
    programme(here, f'{CURL}/things"', f'{CURL}/owner/{{thing:url}}"')
    (here / "exports").mkdir()
    lock = FolderLock(here / "exports")
    try:
        done = run_collect()
    finally:
        lock.release()
    assert done.exit_code == 1
    assert "another command collects into" in done.stderr
    assert server.asked == []


@pytest.mark.long
def test_exports_are_for_whoever_collects_them(here: Path, server: Any) -> None:
    exports = programme(here, f'{CURL}/things"', f'{CURL}/owner/{{thing:url}}"')
    assert run_collect().exit_code == 0
    assert {path.stat().st_mode & 0o077 for path in exports.iterdir()} == {0}


@pytest.mark.long
def test_two_collections_within_a_second_are_two(here: Path, server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    this_second = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    monkeypatch.setattr("soc2test.collecting.keeping._now", lambda: this_second)
    exports = programme(here, f'{CURL}/things"', f'{CURL}/owner/{{thing:url}}"')
    assert run_collect().exit_code == 0
    before = {path.name for path in exports.iterdir()}
    server.fewer = True
    done = run_collect()
    assert done.exit_code == 0, done.output
    assert before - {path.name for path in exports.iterdir()} == {"things.owner.c.json"}
