"""No secret and, where asked, no person leaves on any channel: each way of pytest and of the command to show a text."""

import pytest
from channels import KEY, SHOWN, leaky, leaks, run
from programmes import Programme

WAYS: dict[str, tuple[str, ...]] = {
    "plain": (),
    "uncaptured": ("-s",),
    "uncaptured workers": ("-s", "-n", "2"),
    "coloured": ("-s", "--color=yes"),
    "captured sections": ("-rA", "-v", "--durations=0"),
    "verbose": ("-vvv", "-l", "--tb=long", "--full-trace"),
    "locals": ("-l", "--tb=long"),
    "native": ("--tb=native",),
    "short": ("--tb=short", "-rA", "-q"),
    "one line": ("--tb=line", "-n", "2"),
    "live log": ("--log-cli-level=DEBUG", "--log-format=%(message)s %(other)s"),
    "log file": ("--log-file=out.log", "--log-file-level=DEBUG", "--log-file-format=%(message)s %(other)s"),
    "junit": ("--junitxml=out.xml", "-o", "junit_logging=all"),
    "junit workers": ("--junitxml=out.xml", "-o", "junit_logging=all", "-n", "2"),
    "sys": ("--capture=sys",),
    "tee": ("--capture=tee-sys",),
    "fixtures": ("--setup-show",),
    "warnings as errors": ("-W", "error"),
    "collected": ("--collect-only", "-v"),
    "wrong": ("-v", "wrong"),
    "wrong in XML": ("--junitxml=out.xml", "wrong", "-n", "2"),
    "stopped": ("-x", "-v"),
}


@pytest.fixture
def env(programme: Programme) -> dict[str, str]:
    leaky(programme)
    return {
        "SOC2TEST_PSEUDONYM_KEY": KEY, "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(programme.path / "out.summary.md"), "COLUMNS": "80",
    }  # fmt: skip


def soc2(*more: str) -> tuple[str, ...]:
    return ("pytest", "-p", "no:randomly", "--soc2", "--soc2-as-of", "2026-11-20T12:00:00Z", *more, "policies", "ordinary")


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_pytest_shows_a_secret_or_a_person(programme: Programme, env: dict[str, str], way: str) -> None:
    channels = run(programme, *soc2("--soc2-pseudonymise", *WAYS[way]), env=env)
    assert "X-1" in channels["stdout"] or way == "collected"
    assert leaks(channels, person=True) == []


@pytest.mark.parametrize("place", ["report", "finish", "worker"])
def test_a_break_shows_neither(programme: Programme, env: dict[str, str], place: str) -> None:
    workers = ("-n", "2") if place == "worker" else ()
    channels = run(programme, *soc2("--soc2-pseudonymise", "--junitxml=out.xml", *workers), env={**env, "BREAK": place})
    said = {"report": "INTERNALERROR", "finish": "RuntimeError", "worker": "crashed"}
    assert said[place] in channels["stdout"] + channels["stderr"]
    assert leaks(channels, person=True) == []


def test_pdb_shows_neither(programme: Programme, env: dict[str, str]) -> None:
    typed = "p thing.id\nargs\nwhere\nc\n" * 30
    channels = run(programme, *soc2("--soc2-pseudonymise", "--pdb"), env=env, typed=typed)
    assert "(Pdb)" in channels["stdout"]
    assert leaks(channels, person=True) == []


@pytest.mark.parametrize("way", ["uncaptured", "verbose", "live log", "log file", "junit workers"])
def test_people_are_shown_where_nobody_asked(programme: Programme, env: dict[str, str], way: str) -> None:
    channels = run(programme, *soc2(*WAYS[way]), env=env)
    assert leaks(channels, person=False) == []
    assert "Ada Byron" in "".join(channels.values())
