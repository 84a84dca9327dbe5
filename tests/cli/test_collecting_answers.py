"""What the script keeps of what a command says, what it never keeps, and when it stops asking."""

import json
import os
from pathlib import Path

import pytest
from programmes import HEAD
from vendors import Company, saves

PLUGIN = """
import re
from soc2test import Collecting, ErrorInfo, Resource, Source, WhoAmI, facts, hookimpl

class Thing(Resource, frozen=True, gc=False, kw_only=True):
    good: bool
    owner: str | None

def error(body):
    match = re.search(r"failed [(](\\w+)[)]", body) if isinstance(body, str) else None
    return ErrorInfo(match[1]) if match else None

things = Source("things", scope=("org",), command="things {operation} --org {org}", denied=["AccessDenied"], error=error)

@things.reads("list", kind=Thing, items="things", lists=True, next="next", before=("things make --org {org}", "DONE"))
def thing(item, at):
    return facts(item["id"], good=item["good"])

@things.reads("owner", kind=Thing, subject="thing", named_by={"thing": "id"}, absent=["NoOwner"],
              command="things owner --org {org} {thing}")
def owner(body, at):
    return facts(at["thing"], owner=None if body is None else body["owner"])

@hookimpl
def soc2_sources():
    return [things]
"""
POLICY = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_owned(thing: Thing):
    """Every thing has an owner."""
    assert thing.owner is not None
'''
LIST = '\'list --org one\') echo \'{"things": [{"id": "a/b:c", "good": true}]}\' ;;\n\'make \'*) echo DONE ;;\n'
FILE = "things/one/list.json"
OWNER = "things/one/owner.a%2Fb%3Ac.json"


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_controls_alone: None) -> Company:
    monkeypatch.chdir(tmp_path)
    made = Company(tmp_path, "  things: {orgs: [one]}\n")
    for name, text in {"plugins/things.py": PLUGIN, "policies/own.py": HEAD + POLICY}.items():
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(text)
    return made


def rounds(company: Company, most: int = 6) -> int:
    """How many there are until nothing is asked any more."""
    for number in range(most):
        if not saves(company.script("--source", "things")):
            return number
        company.round("--source", "things")
    raise AssertionError("it asks for ever")


def kept(company: Company, file: str = FILE) -> str:
    return (company.exports / file).read_text()


def test_lists_first_then_what_they_name_and_an_answer_ends_it(company: Company) -> None:
    company.tool("things", LIST + "'owner --org one a/b:c') echo '{\"owner\": \"ann\"}' ;;")
    assert rounds(company) == 2
    assert company.asked() == ["things make --org one", "things list --org one", "things owner --org one a/b:c"]
    assert json.loads(kept(company, OWNER)) == {"owner": "ann"}


def test_no_such_thing_is_an_answer_at_once(company: Company) -> None:
    company.tool("things", LIST + "*) echo 'failed (NoOwner)' >&2; exit 1 ;;")
    assert rounds(company) == 2
    assert kept(company, OWNER) == "failed (NoOwner)\n"


@pytest.mark.parametrize(
    ("says", "code"),
    [
        ("failed (AccessDenied) in request $$ at $(date +%s%N)", "AccessDenied"),
        pytest.param("failed (Throttled)", "Throttled", marks=pytest.mark.long),
        pytest.param('no "such" host \\\\ x', "failed", marks=pytest.mark.long),
        pytest.param("timed out after 31s, request 3f9a77c2-0d51-4cf2-9a3e-$$", "failed", marks=pytest.mark.long),
    ],
)
@pytest.mark.parametrize("what", ["list", pytest.param("owner", marks=pytest.mark.long)])
def test_what_failed_twice_for_one_reason_is_recorded(company: Company, what: str, says: str, code: str) -> None:
    failing = f"*) printf '%s\\n' \"{says}\" >&2; exit 3 ;;".replace('"such"', '\\"such\\"')
    company.tool("things", (LIST if what == "owner" else "'make '*) exit 1 ;;\n") + failing)
    assert rounds(company) == (3 if what == "owner" else 2)
    record = json.loads(kept(company, OWNER if what == "owner" else FILE))
    assert (record["status"], record["error"]["code"], record["attempts"]) == ("error", code, 2)
    assert record["operation"] == what
    assert record["subject"] == {"org": "one", **({"thing": "a/b:c"} if what == "owner" else {})}


@pytest.mark.long
def test_another_reason_is_not_the_same(company: Company) -> None:
    company.tool("things", "'make '*) ;;\n*) echo 'failed (Throttled)' >&2; exit 3 ;;")
    company.round("--source", "things")
    company.tool("things", "'make '*) ;;\n*) echo 'failed (AccessDenied)' >&2; exit 3 ;;")
    company.round("--source", "things")
    assert kept(company) == "failed (AccessDenied)\n"
    assert saves(company.script("--source", "things"))


@pytest.mark.long
def test_a_second_try_that_answers_is_the_answer(company: Company) -> None:
    company.tool("things", "'make '*) ;;\n*) echo 'failed (Throttled)' >&2; exit 3 ;;")
    company.round("--source", "things")
    company.tool("things", LIST + "*) echo '{\"owner\": null}' ;;")
    assert rounds(company) == 2
    assert json.loads(kept(company))["things"]


@pytest.mark.long
def test_an_answer_of_no_use_is_asked_for_three_times_at_most(company: Company) -> None:
    company.tool("things", "'make '*) ;;\n*) echo \"<html>$$</html>\" ;;")
    assert rounds(company) == 3
    assert "its answer is of no use" in company.script("--source", "things")


@pytest.mark.long
def test_who_takes_the_file_away_asks_again(company: Company) -> None:
    company.tool("things", "'make '*) ;;\n*) echo 'failed (AccessDenied)' >&2; exit 3 ;;")
    rounds(company)
    (company.exports / FILE).unlink()
    assert list(saves(company.script("--source", "things"))) == [f"exports/{FILE}"]


def test_part_of_a_list_and_an_error_is_an_error(company: Company) -> None:
    company.tool("things", "'make '*) ;;\n*) echo '{\"things\": []}'; echo 'failed (Throttled)' >&2; exit 1 ;;")
    company.round("--source", "things")
    assert kept(company) == "failed (Throttled)\n"


def test_a_failure_without_a_word_is_no_empty_answer(company: Company) -> None:
    company.tool("things", "'make '*) ;;\n*) exit 7 ;;")
    company.round("--source", "things")
    assert kept(company).startswith("exit status 7, and no word on stderr")


@pytest.mark.parametrize(
    ("body", "says"),
    [("*) thing-that-is-not-there ;;", "not found"), ("*) thing-that-is-not-there | cat ;;", "not found"),
     ("*) kill -KILL $$ ;;", "interrupted")],
)  # fmt: skip
def test_what_is_no_word_of_the_vendor_is_not_kept(company: Company, body: str, says: str) -> None:
    company.tool("things", f"'make '*) ;;\n{body}")
    done = company.round("--source", "things")
    assert (done.returncode, says in done.stderr) == (1, True)
    assert not (company.exports / FILE).exists()


def test_a_command_that_nobody_has_is_not_kept(company: Company) -> None:
    done = company.round("--source", "things")
    assert done.returncode == 1
    assert "not kept: exports/things/one/list.json: " in done.stderr
    assert not (company.exports / "things").exists()


def test_a_report_is_made_before_it_is_fetched(company: Company) -> None:
    counting = "'make '*) echo x >>made; if [ \"$(wc -l <made)\" -gt 2 ]; then echo DONE; else echo STARTED; fi ;;\n"
    company.tool("things", counting + LIST)
    company.round("--source", "things")
    assert company.asked() == ["things make --org one"] * 3 + ["things list --org one"]


def test_commands_read_nothing_of_what_follows_them_in_a_pipe(company: Company) -> None:
    company.tool("things", LIST.replace("echo '", "cat >/dev/null; echo '"))
    text = company.script("--source", "things")
    done = company.run(f"sh <<'END_OF_SCRIPT'\n{text}END_OF_SCRIPT\n")
    assert (done.returncode, "sealed 1 files" in done.stderr) == (0, True)
    assert json.loads(kept(company))["things"]


def test_a_record_of_an_error_is_read_as_one(company: Company) -> None:
    company.tool("things", "'make '*) ;;\n*) echo 'failed (AccessDenied)' >&2; exit 3 ;;")
    rounds(company)
    problems = [line for line in company.script("--source", "things").splitlines() if line.startswith("#")]
    assert f"# answered with AccessDenied; take the file away to ask again: exports/{FILE}" in problems
    assert not [name for name in os.listdir(company.exports) if name.startswith(".collecting")]
