"""No secret and, where asked, no person leaves by any channel of a run."""

import json

import pytest
from programmes import Programme

TOKEN = "ghp_" + "A1b2" * 9
KEY = "0123456789abcdef0123"
LEAKY = (
    """
import logging

@control("X-1", criteria=["CC6.1"], nature="state", severity="high")
def test_each(thing: Thing, request, record_property, record_testsuite_property):
    \"\"\"Things are good.\"\"\"
    print(f"printed {TOKEN}")
    logging.getLogger("x").warning("logged %s", TOKEN)
    record_property("a", TOKEN)
    record_testsuite_property("b", TOKEN)
    assert thing.good, f"it uses {TOKEN} of ada@acme.example"

@control("X-2", criteria=["CC6.2"], nature="state", severity="high")
def test_broken(thing: Thing):
    \"\"\"Things are whole.\"\"\"
    raise ValueError(TOKEN)

@control("X-3", criteria=["CC6.3"], nature="state", severity="high")
def test_introspected(thing: Thing):
    \"\"\"Things are not named.\"\"\"
    assert thing.id == ""
""".replace("TOKEN}", TOKEN + "}")
    .replace("{" + TOKEN + "}", TOKEN)
    .replace("TOKEN", repr(TOKEN))
)
WRITER = """
class Leak:
    filename = "leak.json"
    def render(self, run):
        return b'{"a": "TOKEN"}'

@hookimpl
def soc2_writers():
    return [Leak()]
""".replace("TOKEN", TOKEN)


def leaky(programme: Programme, writer: bool = False) -> None:
    programme.things({"id": f"arn/{TOKEN}", "good": False}, {"id": "ada@acme.example", "good": False})
    programme.policy(LEAKY)
    if writer:
        path = programme.path / "plugins/things.py"
        path.write_text(path.read_text() + WRITER)


def left(programme: Programme, result: pytest.RunResult) -> dict[str, str]:
    """Everything that left the run, by channel."""
    texts = {"console": result.stdout.str() + result.stderr.str()}
    report = [path for path in (programme.path / "soc2-report").rglob("*") if path.is_file()]
    files = [*report, *programme.path.glob("out.*")]
    return texts | {path.name: path.read_text("utf-8") for path in files}


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_no_channel_shows_a_secret(
    programme: Programme, workers: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(programme.path / "out.md"))
    leaky(programme)
    result = programme.run("policies", "--junitxml=out.xml", "--log-file=out.log", "-rA", *workers)
    channels = left(programme, result)
    names = {
        "console",
        "matrix.json",
        "matrix.md",
        "matrix.html",
        "junit.xml",
        "findings.ndjson",
        "controls.ndjson",
        "evidence.ndjson",
        "out.xml",
        "out.md",
    }
    assert names <= channels.keys()
    assert [name for name, text in channels.items() if TOKEN[:20] in text] == []
    assert "[redacted GitHub token]" in channels["console"]
    assert "::error" in channels["console"]
    assert programme.control("X-1")["deviations"] == 2


def test_a_writer_that_leaks_is_told(programme: Programme) -> None:
    leaky(programme, writer=True)
    result = programme.run()
    channels = left(programme, result)
    assert [name for name, text in channels.items() if TOKEN in text] == []
    assert json.loads(channels["leak.json"]) == {"a": "[redacted GitHub token]"}
    matrix = programme.matrix()
    assert matrix["problems"] == ["leak.json: its writer let a GitHub token through; it was taken out"]
    assert matrix["complete"] is False
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ["NOT COMPLETE: *leak.json*", "problem: leak.json: its writer let a GitHub token through*"]
    )


def test_pseudonyms_need_a_key(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOC2TEST_PSEUDONYM_KEY", raising=False)
    leaky(programme)
    result = programme.run("policies", "--soc2-pseudonymise")
    assert result.ret == 4
    result.stderr.fnmatch_lines(["*SOC2TEST_PSEUDONYM_KEY*token_hex*keep it*"])


def test_a_short_key_is_refused_and_not_shown(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOC2TEST_PSEUDONYM_KEY", "too-short-a-key")
    result = programme.run("policies", "--soc2-pseudonymise")
    assert result.ret == 4
    result.stderr.fnmatch_lines(["*is shorter than 16 characters*"])
    assert "too-short-a-key" not in result.stdout.str() + result.stderr.str()


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_no_channel_shows_a_person(
    programme: Programme, workers: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOC2TEST_PSEUDONYM_KEY", KEY)
    leaky(programme)
    plain_run = programme.run()
    assert plain_run.ret == 1
    plain = programme.control("X-1")
    result = programme.run("policies", "--soc2-pseudonymise", "--junitxml=out.xml", *workers)
    channels = left(programme, result)
    assert [name for name, text in channels.items() if "ada@" in text.lower()] == []
    assert programme.matrix()["pseudonymised"] is True
    hidden = programme.control("X-1")
    assert hidden["population_digest"] != plain["population_digest"]
    assert not {each["id"] for each in plain["findings"] if "ada" in each["resource"]} & {
        each["id"] for each in hidden["findings"]
    }
