"""What stands between @control and the function below it: what it swallows would be seen by nobody."""

from pathlib import Path

import pytest

from soc2test.controls.packs import LOCAL, load_pack

HEAD = """import functools
from soc2test import Identity, control

"""
CONTROL = '@control("OWN-1", criteria=["CC6.1"], nature="state")\n'
BODY = 'def test_it(identity: Identity):\n    """It holds."""\n    assert identity.mfa\n'
SWALLOWS = "        try:\n            function(identity)\n        except AssertionError:\n            pass\n"
INNER = "    def inner(identity: Identity):\n        'It holds.'\n"


def said(folder: Path, text: str, **others: str) -> str:
    for name, other in others.items():
        (folder / f"{name}.py").write_text(HEAD + other)
    (folder / "own.py").write_text(HEAD + text)
    pack = load_pack(LOCAL, folder)
    return "".join(
        [*(text for file in pack.files for text in file.refused.values()), *(str(e.error) for e in pack.broken)]
    )


WRAPS = f"def quiet(function):\n    @functools.wraps(function)\n{INNER}{SWALLOWS}    return inner\n"
RENAMED = f"def quiet(function):\n{INNER}{SWALLOWS}    inner.__name__ = function.__name__\n    return inner\n"
SAME_NAME = f"def quiet(function):\n{INNER}{SWALLOWS}    return inner\n".replace("inner", "test_it")
UNNAMED = f"def quiet(function):\n{INNER}{SWALLOWS}    return inner\n".replace("inner", "test_inner")
CLASS = (
    "class quiet:\n    def __init__(self, function): self.function = function\n    def __call__(self, identity): pass\n"
)


@pytest.mark.parametrize("decorator", [WRAPS, RENAMED, SAME_NAME], ids=["wraps", "renamed", "same name"])
def test_a_decorator_that_puts_another_function_in_its_place_is_refused(decorator: str, tmp_path: Path) -> None:
    text = said(tmp_path, f"{decorator}{CONTROL}@quiet\n{BODY}")
    assert "control 'OWN-1' (test_it), line " in text
    assert "another decorator has put a function of its own in its place" in text
    assert "do that work in the body" in text


def test_one_of_a_helper_is_refused_too(tmp_path: Path) -> None:
    text = said(tmp_path, f"from {LOCAL}._quiet import quiet\n{CONTROL}@quiet\n{BODY}", _quiet=WRAPS)
    assert "another decorator has put a function of its own in its place" in text


def test_what_swallows_in_a_function_of_another_name_is_seen(tmp_path: Path) -> None:
    assert "swallows the assert above" in said(
        tmp_path, f"{UNNAMED.replace('function(identity)', 'assert identity.mfa')}{CONTROL}@quiet\n{BODY}"
    )


def test_an_object_is_no_control(tmp_path: Path) -> None:
    assert "quiet is no plain function; write `def test_...` below it" in said(
        tmp_path, f"{CLASS}{CONTROL}@quiet\n{BODY}"
    )


@pytest.mark.parametrize(
    "decorated",
    [
        f"def noted(function):\n    function.noted = True\n    return function\n{CONTROL}@noted\n{BODY}",
        f"{WRAPS.replace('def quiet', 'def other')}{CONTROL}{BODY}",
        f"def make():\n    {CONTROL}    {BODY.replace(chr(10), chr(10) + '    ')}return test_it\ntest_it = make()\n",
        f"SEEN = []\n{CONTROL}@lambda function: SEEN.append(function) or function\n{BODY}",
    ],
    ids=["marks it", "of another", "factory", "registers it"],
)
def test_a_function_that_is_given_back_is_taken(decorated: str, tmp_path: Path) -> None:
    assert said(tmp_path, decorated) == ""


def test_what_a_factory_makes_is_read_as_well(tmp_path: Path) -> None:
    body = BODY.replace("assert identity.mfa", "identity.mfa").replace("\n", "\n    ")
    text = said(tmp_path, f"def make():\n    {CONTROL}    {body}return test_it\ntest_it = make()\n")
    assert "asserts nothing that could be false" in text
