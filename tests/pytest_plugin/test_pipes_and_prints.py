"""A pipe or device in the place of the programme's own files is an error that names it; prints say nothing to a CI."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from programmes import Programme

GOOD = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good
'''


def link_to_a_pipe(path: Path) -> None:
    os.mkfifo(f"{path}.pipe")
    path.symlink_to(f"{path}.pipe")


ODD: dict[str, Callable[[Path], None]] = {
    "pipe": os.mkfifo,
    "link to a pipe": link_to_a_pipe,
    "link to a device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.fixture
def good(programme: Programme) -> Programme:
    """One control that passes, over one thing."""
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    return programme


@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_in_the_place_of_the_programme(good: Programme, make: Callable[[Path], None]) -> None:
    (good.path / "soc2.yaml").unlink()
    make(good.path / "soc2.yaml")
    result = good.run()
    assert result.ret == 4
    assert "soc2.yaml: can't be read: is no regular file" in result.stderr.str()


@pytest.mark.each(2)
@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_in_the_place_of_a_policy_file(good: Programme, make: Callable[[Path], None]) -> None:
    make(good.path / "policies/more.py")
    assert (good.run().ret, good.verdict("OWN-01")) == (1, "pass")
    assert "policy file more.py did not load" in " ".join(good.matrix()["problems"])


@pytest.mark.each(2)
@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_in_the_place_of_a_plugin(good: Programme, make: Callable[[Path], None]) -> None:
    make(good.path / "plugins/more.py")
    assert good.run().ret == 1
    assert "plugin more did not load: more.py can't be read: is no regular file" in " ".join(good.matrix()["problems"])


def test_links_to_regular_files_are_read(good: Programme) -> None:
    for name in ("soc2.yaml", "policies/own.py", "plugins/things.py"):
        (good.path / name).rename(good.path / f"{Path(name).name}.kept")
        (good.path / name).symlink_to(good.path / f"{Path(name).name}.kept")
    assert good.run().ret == 0
    assert good.verdict("OWN-01") == "pass"


def test_a_policy_file_that_is_no_text_of_a_person_is_refused(good: Programme) -> None:
    good.write("policies/long.py", "#" * ((8 << 20) + 1))
    assert good.run().ret == 1
    assert "policy file long.py did not load" in " ".join(good.matrix()["problems"])


PRINTS = r'''
@pytest.fixture
def loud():
    print("::error::from a fixture")

@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing, loud):
    """Every thing is good."""
    print("plain\ttext")
    print("::error file=x::fake\r::warning::fake\n  ::set-output name=x::y")
    print("##[error]fake\n##vso[task.complete result=Succeeded;]\n##teamcity[testFinished name='x']")
    print("\x1b[31m\x1b]0;title\x07\x1b[2J", file=sys.stderr)
    assert thing.good
'''


@pytest.mark.each(2)
@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["plain", "worker"])
def test_what_a_control_prints_is_no_command_of_a_terminal_or_ci(
    programme: Programme, workers: tuple[str, ...]
) -> None:
    programme.policy(PRINTS)
    programme.things({"id": "a", "good": False})
    result = programme.run("policies", "--junitxml=own.xml", "-o", "junit_logging=all", *workers)
    for text in (result.stdout.str(), (programme.path / "own.xml").read_text()):
        assert "plain   text" in text
        assert ": :error file=x::fake" in text
        assert "# #vso[task" in text
        assert not any(sign in text for sign in ("\x1b]", "\x1b[2J", "##[", "##vso", "##teamcity", "\r"))
        assert not any(line.lstrip().startswith("::") for line in text.splitlines())
