"""The printed script, run by real shells against tools that answer as the vendors' own do."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from vendors import Company, saves

AWS = """
--version) echo 'aws-cli/2.31.0 Python/3.13.7 Linux/6.1' ;;
'sts get-caller-identity'*'--profile audit') echo '{
    "UserId": "AROAEXAMPLE:ci", "Account": "012345678901",
    "Arn": "arn:aws:sts::012345678901:assumed-role/audit/ci"
}' ;;
'sts get-caller-identity'*'--profile broken') echo 'The config profile (broken) could not be found' >&2; exit 255 ;;
'sts get-caller-identity'*) echo '{"Account": "999999999999", "Arn": "arn:aws:iam::999999999999:user/me"}' ;;
*) echo "An error occurred (AccessDenied) when calling the X operation: request $$" >&2; exit 254 ;;
"""
TWO = "  aws:\n    accounts: {'012345678901': {profile: audit}, '123456789012': {profile: %s}}\n    regions: [eu-west-1]\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.each(2)
@pytest.mark.parametrize(
    ("profile", "reason"),
    [
        ("other", "signed in elsewhere: `aws sts get-caller-identity --output json --profile other` says {"),
        ("broken", "failed: The config profile (broken) could not be found"),
    ],
)
def test_another_account_is_not_asked(here: Path, profile: str, reason: str) -> None:
    company = Company(here, TWO % profile)
    company.tool("aws", AWS)
    done = company.round("--source", "aws")
    assert done.returncode == 1
    assert "collect: aws account 123456789012: not asked: " in done.stderr
    assert reason in done.stderr
    calls = company.asked()
    assert calls[0].startswith("aws sts get-caller-identity")
    assert {call.rpartition("--profile ")[2] for call in calls if "sts" not in call} == {"audit"}
    assert not (company.exports / "aws/123456789012").exists()
    answer = json.loads((company.exports / "aws/012345678901/eu-west-1/sts.get-caller-identity.json").read_text())
    assert answer["Account"] == "012345678901"


@pytest.mark.long
def test_a_folder_of_another_name_needs_an_answer_alone(here: Path) -> None:
    company = Company(here, "  aws:\n    accounts: [prod]\n    regions: [eu-west-1]\n")
    company.tool("aws", AWS)
    assert company.round("--source", "aws").returncode == 0
    assert (company.exports / "aws/prod/eu-west-1/sts.get-caller-identity.json").exists()


@pytest.mark.long
def test_what_was_denied_twice_is_an_answer(here: Path) -> None:
    company = Company(here, "  aws:\n    accounts: {'012345678901': {profile: audit}}\n    regions: [eu-west-1]\n")
    company.tool("aws", AWS)
    rounds = 0
    while saves(company.script("--source", "aws")):
        rounds += 1
        assert rounds < 4
        assert company.round("--source", "aws").returncode == 0
    assert rounds == 2
    record = json.loads((company.exports / "aws/012345678901/eu-west-1/iam.list-users.json").read_text())
    assert (record["soc2test"], record["status"], record["operation"]) == ("evidence/1", "error", "iam list-users")
    assert record["subject"] == {"account": "012345678901", "region": "eu-west-1"}
    assert record["error"]["code"] == "AccessDenied"
    assert record["collector"]["identity"] == "arn:aws:sts::012345678901:assumed-role/audit/ci"
    assert "answered with AccessDenied" in company.script("--source", "aws")


GH = """
--version) echo 'gh version %s (2024-04-17)' ;;
'api orgs/'[Aa]cme) echo '{"login": "acme"}' ;;
*) echo '[[]]' ;;
"""


@pytest.mark.each(6)
@pytest.mark.parametrize(("version", "asks"), [("2.23.0", False), ("2.47.9", False), ("2.48.0", True), ("3.0.1", True)])
def test_an_old_tool_is_not_asked(here: Path, version: str, asks: bool) -> None:
    company = Company(here, "  github: {orgs: [Acme]}\n")
    company.tool("gh", GH % version)
    done = company.round("--source", "github")
    assert bool(company.asked()) is asks
    assert (f"gh 2.48.0 or newer is needed, this is {version}" in done.stderr) is not asks
    assert done.returncode == (0 if asks else 1)


def test_a_tool_that_is_not_there_hinders_its_own_source_alone(here: Path) -> None:
    company = Company(here, "  azure: {subscriptions: [prod]}\n  github: {orgs: [acme]}\n")
    company.tool("gh", GH % "2.60.0")
    company.env["PATH"] = f"{company.bin}:/usr/bin:/bin"
    assert shutil.which("az", path=company.env["PATH"]) is None
    done = company.round()
    assert "azure subscription prod: not asked: az is not installed (2.30 or newer is needed)" in done.stderr
    assert not (company.exports / "azure").exists()
    assert (company.exports / "github/acme/repos.list-for-org.json").exists()


def test_variables_are_asked_for_before_anything_else(here: Path) -> None:
    company = Company(
        here, "  okta: {orgs: [acme]}\n  google_workspace: {customers: [C01abc]}\n  github: {orgs: [acme]}\n"
    )
    company.tool("gh", GH % "2.60.0")
    done = company.round(OKTA_TOKEN="", TOKEN="")
    assert done.returncode == 2
    assert "set these variables first: OKTA_TOKEN TOKEN" in done.stderr
    assert not company.log.exists()
    assert not company.exports.exists()


OKTA = """
--version) echo 'curl 8.5.0 (x86_64)'; exit ;;
*/api/v1/org) printf '{"subdomain": "acme"}'; exit ;;
*/users?search=*) body='[{"id": "1"}]' next='https://acme.okta.com/api/v1/users?after=b' ;;
*/users?after=b) body='[{"id": "2"}]' next='%s' ;;
*/users?after=c) %s ;;
*) body='[]' next='' ;;
esac
for word; do
    if [ "$before" = -D ]; then
        printf 'HTTP/2 200\\r\\nlink: <https://acme.okta.com/self?a=b,c>; rel="self"\\r\\n' >"$word"
        if [ -n "$next" ]; then printf 'link: <%%s>; rel="next"\\r\\n' "$next" >>"$word"; fi
    fi
    before=$word
done
printf %%s "$body"
case x in
"""
OKTA_PAGE_3 = "body='[]' next=''"
OKTA_ERROR = (
    """echo '{"errorCode": "E0000047", "errorSummary": "too many"}'; """
    "echo 'curl: (22) The requested URL returned error: 429' >&2; exit 22"
)


def okta(here: Path, third: str, page: str = "https://acme.okta.com/api/v1/users?after=c") -> Company:
    company = Company(here, "  okta: {orgs: [acme]}\n")
    company.env["OKTA_TOKEN"] = "t"  # noqa: S105  # of nobody
    company.tool("curl", OKTA % (page, third))
    return company


def told(company: Company, file: str) -> dict[str, object]:
    """How a file is read: what `soc2test evidence --format json` says of it."""
    text = company.run(
        f"{sys.executable} -c 'from soc2test.cli.main import main; main()' evidence --format json"
    ).stdout
    found: dict[str, object] = next(each for each in json.loads(text)["evidence"] if each["path"] == file)
    return found


def test_pages_are_followed_by_the_link_header(here: Path) -> None:
    company = okta(here, OKTA_PAGE_3)
    assert company.round("--source", "okta").returncode == 0
    assert (company.exports / "okta/acme/listUsers.json").read_text() == '[{"id": "1"}][{"id": "2"}][]'
    assert told(company, "okta/acme/listUsers.json")["records"] == 2


def test_a_page_that_fails_leaves_no_part_of_a_list(here: Path) -> None:
    company = okta(here, OKTA_ERROR)
    company.round("--source", "okta")
    kept = json.loads((company.exports / "okta/acme/listUsers.json").read_text())
    assert kept["errorCode"] == "E0000047"


@pytest.mark.each(2)
@pytest.mark.parametrize(
    "page", ["https://elsewhere.example/api/v1/users?after=c", "https://acme.okta.com/api/v1/users?after=b"]
)
def test_a_link_to_another_host_or_to_itself_is_not_followed(here: Path, page: str) -> None:
    company = okta(here, OKTA_PAGE_3, page)
    company.round("--source", "okta")
    assert "names" in (company.exports / "okta/acme/listUsers.json").read_text()
    assert not any("elsewhere" in call for call in company.asked())


FULL = "body=$(printf '['; for n in $(seq 199); do printf '{\"id\": \"%s\"},' $n; done; printf '{\"id\": \"200\"}]') next=''"


@pytest.mark.long
def test_one_full_page_that_was_the_last_is_all(here: Path) -> None:
    """Okta's rule for a bare array is that 200 entries may be cut; who followed the header knows better."""
    company = Company(here, "  okta: {orgs: [acme]}\n")
    company.env["OKTA_TOKEN"] = "t"  # noqa: S105  # of nobody
    head = OKTA.split("*/users?search=")[0]
    rest = OKTA[OKTA.index("*) body='[]'") :].replace("%%", "%")
    company.tool("curl", f"{head}*/api-tokens*) {FULL} ;;\n{rest}")
    assert company.round("--source", "okta").returncode == 0
    tokens = told(company, "okta/acme/listApiTokens.json")
    assert (tokens["problem"] or {}).get("code") != "partial"  # type: ignore[attr-defined]  # a record or None
    assert tokens["records"] == 200
    (company.exports / "manifest.yaml").write_text("collected_at: 2026-11-20\n")
    assert told(company, "okta/acme/listApiTokens.json")["problem"]["code"] in ("partial", "stale")  # type: ignore[index]


GOOGLE = """
--version) echo 'curl 8.5.0' ;;
*/customers/C01abc) echo '{"id": "C01abc"}' ;;
*users?*pageToken=a%2Fb) echo '{"users": [{"id": "2"}]}' ;;
*users?*) echo '{"users": [{"id": "1"}], "nextPageToken": "a\\u002fb"}' ;;
*) echo '{}' ;;
"""
needs_jq = pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")


@pytest.mark.long
@needs_jq
def test_pages_are_followed_by_a_token_and_numbered(here: Path) -> None:
    company = Company(here, "  google_workspace: {customers: [C01abc]}\n")
    company.tool("curl", GOOGLE)
    company.env["TOKEN"] = "t"  # noqa: S105  # of nobody
    assert company.round("--source", "google_workspace").returncode == 0
    folder = company.exports / "google_workspace/C01abc"
    assert sorted(each.name for each in folder.glob("users*")) == ["users.list.page1.json", "users.list.page2.json"]
    assert told(company, "google_workspace/C01abc/users.list.page2.json")["complete"] is True


SLACK = """
--version) echo 'curl 8.5.0' ;;
*/auth.test) echo '{"ok": true, "team_id": "T0ACME", "user_id": "U1"}' ;;
*users.list*cursor=dXNl%3D) echo '{"ok": true, "members": [{"id": "U2", "team_id": "T0ACME"}], "response_metadata": {"next_cursor": ""}}' ;;
*users.list*) echo '{"ok": true, "members": [{"id": "U1", "team_id": "T0ACME"}], "response_metadata": {"next_cursor": "dXNl="}}' ;;
"""


@pytest.mark.long
@needs_jq
def test_pages_are_followed_by_a_cursor_and_numbered(here: Path) -> None:
    company = Company(here, "  slack: {workspaces: [T0ACME]}\n")
    company.tool("curl", SLACK)
    company.env["SLACK_TOKEN"] = "t"  # noqa: S105  # of nobody
    assert company.round("--source", "slack").returncode == 0
    folder = company.exports / "slack/T0ACME"
    assert sorted(each.name for each in folder.glob("users*")) == ["users.list.page1.json", "users.list.page2.json"]
    assert told(company, "slack/T0ACME/users.list.page2.json")["complete"] is True


JUMPCLOUD = """
--version) echo 'curl 8.5.0' ;;
*systemusers*skip=2) echo '{"totalCount": 3, "results": [{"_id": "3"}]}' ;;
*systemusers*) echo '{"totalCount": 3, "results": [{"_id": "1"}, {"_id": "2"}]}' ;;
*systems*) echo '{"totalCount": 0, "results": []}' ;;
"""


@pytest.mark.long
@needs_jq
def test_pages_are_followed_by_how_many_were_read(here: Path) -> None:
    company = Company(here, "  jumpcloud: {organizations: [5cdc7f3c95a60d5c14488d5f]}\n")
    company.tool("curl", JUMPCLOUD)
    company.env["JUMPCLOUD_API_KEY"] = "t"
    assert company.round("--source", "jumpcloud").returncode == 0
    below = "jumpcloud/5cdc7f3c95a60d5c14488d5f"
    found = sorted(each.name for each in (company.exports / below).iterdir())
    assert found == ["systems.json", "systemusers.page1.json", "systemusers.page2.json"]
    assert told(company, f"{below}/systemusers.page2.json")["complete"] is True


PAGERDUTY = """
--version) echo 'curl 8.5.0' ;;
*incidents*offset=2) echo '{"incidents": [{"id": "3"}], "limit": 2, "offset": 2, "total": null, "more": false}' ;;
*incidents*) echo '{"incidents": [{"id": "1"}, {"id": "2"}], "limit": 2, "offset": 0, "total": null, "more": true}' ;;
*users*) echo '{"users": [{"id": "1"}], "limit": 100, "offset": 0, "total": null, "more": false}' ;;
"""


@pytest.mark.long
@needs_jq
def test_pages_are_followed_by_where_each_ends(here: Path) -> None:
    company = Company(here, "  pagerduty: {accounts: [acme]}\n")
    company.tool("curl", PAGERDUTY)
    company.env["PAGERDUTY_API_KEY"] = "t"
    assert company.round("--source", "pagerduty").returncode == 0
    found = sorted(each.name for each in (company.exports / "pagerduty/acme").iterdir())
    assert found == ["listIncidents.page1.json", "listIncidents.page2.json", "listUsers.json"]
    assert told(company, "pagerduty/acme/listIncidents.page2.json")["complete"] is True


KNOWBE4 = """
--version) echo 'curl 8.5.0' ;;
*enrollments*page=3) echo '[]' ;;
*enrollments*page=2) echo '[{"enrollment_id": 2}]' ;;
*enrollments*) echo '[{"enrollment_id": 1}]' ;;
"""


def enrolled(here: Path, answers: str) -> Company:
    company = Company(here, "  knowbe4: {accounts: [acme]}\n")
    company.tool("curl", answers)
    company.env |= {"KNOWBE4_API_KEY": "t", "KNOWBE4_REGION": "eu"}
    return company


@pytest.mark.long
@needs_jq
def test_pages_are_followed_by_their_number_until_one_is_empty(here: Path) -> None:
    company = enrolled(here, KNOWBE4)
    assert company.round("--source", "knowbe4").returncode == 0
    found = sorted(each.name for each in (company.exports / "knowbe4/acme").iterdir())
    assert found == [f"training.enrollments.page{number}.json" for number in (1, 2, 3)]
    assert told(company, "knowbe4/acme/training.enrollments.page3.json")["complete"] is True


@pytest.mark.long
@needs_jq
def test_a_number_that_names_the_same_page_again_is_no_next_one(here: Path) -> None:
    company = enrolled(here, KNOWBE4.replace("page=3) echo '[]'", "page=3) echo '[{\"enrollment_id\": 2}]'"))
    company.round("--source", "knowbe4")
    assert not [each for each in (company.exports / "knowbe4/acme").glob("*") if "page2" in each.name]


JIRA = """
--version) echo 'curl 8.5.0' ;;
*search/jql*nextPageToken=CAEa%3D) echo '{"issues": [{"id": "3", "fields": {}}], "isLast": true}' ;;
*search/jql*) echo '{"issues": [{"id": "1", "fields": {}}, {"id": "2", "fields": {}}], "isLast": false, "nextPageToken": "CAEa="}' ;;
*project/search*) echo '{"values": [{"id": "1", "key": "OPS"}], "isLast": true, "startAt": 0, "total": 1}' ;;
"""


@pytest.mark.long
@needs_jq
def test_pages_are_followed_by_a_token_that_is_asked_for_by_its_own_name(here: Path) -> None:
    company = Company(here, "  jira: {sites: [acme], projects: [OPS]}\n")
    company.tool("curl", JIRA)
    company.env |= {"JIRA_EMAIL": "ci@acme.example", "JIRA_API_TOKEN": "t"}
    assert company.round("--source", "jira").returncode == 0
    found = sorted(each.name for each in (company.exports / "jira/acme/OPS").iterdir())
    assert found == ["project-search.json", "search-jql.page1.json", "search-jql.page2.json"]
    assert told(company, "jira/acme/OPS/search-jql.page2.json")["complete"] is True


OPSGENIE = """
--version) echo 'curl 8.5.0' ;;
*alerts/count) echo '{"data": {"count": 2}, "took": 0.1, "requestId": "r"}' ;;
*alerts*offset=1*) echo '{"data": [{"id": "2"}], "paging": {"first": "x"}}' ;;
*alerts*) echo '{"data": [{"id": "1"}], "paging": {"next": "https://api.opsgenie.com/v2/alerts?limit=100&offset=1"}}' ;;
"""
SENTINELONE = """
--version) echo 'curl 8.5.0' ;;
*agents*cursor=YQ%3D%3D) echo '{"data": [{"id": "2", "machineType": "laptop"}], "pagination": {"totalItems": 2, "nextCursor": null}}' ;;
*agents*) echo '{"data": [{"id": "1", "machineType": "laptop"}], "pagination": {"totalItems": 2, "nextCursor": "YQ=="}}' ;;
"""
CLOUDFLARE = """
--version) echo 'curl 8.5.0' ;;
*members*page=2) echo '{"success": true, "result": [{"id": "2", "status": "pending"}], "result_info": {"page": 2, "total_pages": 2, "total_count": 2}}' ;;
*members*) echo '{"success": true, "result": [{"id": "1", "status": "pending"}], "result_info": {"page": 1, "total_pages": 2, "total_count": 2}}' ;;
"""


@pytest.mark.long
@needs_jq
@pytest.mark.parametrize(
    ("source", "scope", "key", "answers", "operation"),
    [
        ("opsgenie", "accounts: [acme]", "OPSGENIE_API_KEY", OPSGENIE, "listAlerts"),
        ("sentinelone", "consoles: [acme]", "SENTINELONE_TOKEN", SENTINELONE, "agents"),
        ("cloudflare", f"accounts: [{'0a' * 16}]", "CLOUDFLARE_API_TOKEN", CLOUDFLARE, "accounts.members"),
    ],
)
def test_pages_are_followed_as_each_newer_vendor_names_them(
    here: Path, source: str, scope: str, key: str, answers: str, operation: str
) -> None:
    company = Company(here, f"  {source}: {{{scope}}}\n")
    company.tool("curl", answers)
    company.env[key] = "t"
    assert company.round("--source", source).returncode == 0
    (folder,) = (each for each in (company.exports / source).iterdir() if each.is_dir())
    found = sorted(each.name for each in folder.glob(f"{operation}*"))
    assert found == [f"{operation}.page1.json", f"{operation}.page2.json"]
    last = told(company, f"{source}/{folder.name}/{operation}.page2.json")
    assert last["complete"] is True, last["problem"]


ENTRA = """
--version) echo 'azure-cli                         2.55.0' ;;
*organization) echo '{"value": [{"id": "0", "verifiedDomains": [{"name": "acme.example"}]}]}' ;;
*/users?*skip=2) echo '{"value": [{"id": "2"}]}' ;;
*/users?*) echo '{"value": [{"id": "1"}], "@odata.nextLink": "https://graph.microsoft.com/v1.0/users?$skip=2"}' ;;
*) echo '{"value": []}' ;;
"""


@pytest.mark.long
@needs_jq
def test_pages_are_followed_by_the_next_link(here: Path) -> None:
    company = Company(here, "  entra: {tenants: [acme.example]}\n")
    company.tool("az", ENTRA)
    assert company.round("--source", "entra").returncode == 0
    assert "az rest --url https://graph.microsoft.com/v1.0/users?$skip=2" in company.asked()
    assert json.loads((company.exports / "entra/acme.example/users.page2.json").read_text()) == {"value": [{"id": "2"}]}


def shells() -> list[str]:
    return [name for name in ("dash", "bash", "busybox") if shutil.which(name)]


@pytest.mark.parametrize("shell", shells())
def test_the_script_is_one_for_any_posix_shell(here: Path, shell: str) -> None:
    everything = (
        "  aws: {accounts: {'012345678901': {profile: it's}}, regions: [eu-west-1]}\n  okta: {orgs: [acme]}\n"
        "  google_workspace: {customers: [C01abc]}\n  kubernetes: {clusters: [a b]}\n  gcp: {parents: [project=a]}\n"
    )
    text = Company(here, everything).script()
    (here / "collect.sh").write_text(text)
    words = [shell, "sh"] if shell == "busybox" else [shell]
    subprocess.run([*words, "-n", "collect.sh"], check=True)


NEWER = (
    "  jumpcloud: {organizations: [5cdc7f3c95a60d5c14488d5f]}\n  slack: {workspaces: [T0ACME]}\n"
    "  pagerduty: {accounts: [acme]}\n  bamboohr: {subdomains: [acme]}\n  knowbe4: {accounts: [acme]}\n"
)


def test_shellcheck_finds_nothing(here: Path) -> None:
    checker = shutil.which("shellcheck", path=str(Path(sys.executable).parent)) or shutil.which("shellcheck")
    if checker is None:
        pytest.skip("shellcheck is not installed")
    company = Company(here, TWO % "other" + "  okta: {orgs: [acme]}\n  entra: {tenants: [acme.example]}\n" + NEWER)
    (here / "collect.sh").write_text(company.script())
    done = subprocess.run(
        [checker, "-s", "sh", "-S", "warning", "collect.sh"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
