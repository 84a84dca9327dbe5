"""A command is cut into the words that a shell would make of it, and what needs a shell is refused."""

import re
import subprocess
from collections.abc import Iterable
from shlex import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.collecting.words import NeedsShell, Unset, pipeline
from soc2test.finding.suggested import command
from soc2test.sources.loading import load_plugins

VARIABLES = {
    "SECRET": "s3cret value", "URL": "http://127.0.0.1:5000",
    **{name: "x" for source in load_plugins().sources.values() for name in source.collecting.variables},
}  # fmt: skip
KNOWN = {"region": "eu-west-1", "bucket": "it's $(touch x) `id`", "org": "a b", "user": '"quoted"'}


def by_shell(texts: Iterable[str]) -> list[list[str]]:
    """The words of each program, as one `sh` cuts them."""
    show = 'show() { for word in "$@"; do printf "%s\\000" "$word"; done; printf "\\n\\000"; }\n'
    calls = "".join(f"show {text}\n" for text in texts)
    run = subprocess.run(
        ["sh", "-c", show + calls], capture_output=True, text=True, check=True, env={**VARIABLES, "PATH": "/bin"}
    )
    return [words.split("\0")[:-1] for words in run.stdout.split("\n\0")[:-1]]


def shipped() -> dict[str, str]:
    """The command of each shipped operation that a tool runs, with odd names filled in."""
    found = {}
    for source in load_plugins().sources.values():
        for operation in source.operations.values():
            text = command(operation, {**dict.fromkeys(operation.scope, "x"), **KNOWN})
            by_hand = re.search(r"<[a-z]|#", text) or operation.several is not None
            if text.split()[0] in ("aws", "az", "curl", "gcloud", "gh", "kubectl") and not by_hand:
                found[f"{source.name} {operation.name}"] = text
    return found


SHIPPED = shipped()


def test_there_are_many() -> None:
    assert len(SHIPPED) > 200


def test_shipped_commands_are_cut_as_a_shell_cuts_them() -> None:
    cut = by_shell(text.partition(" | jq ")[0] for text in SHIPPED.values())
    for (name, text), words in zip(SHIPPED.items(), cut, strict=True):
        programs = pipeline(text, VARIABLES)
        assert len(programs) == (2 if " | jq " in text else 1), name
        assert list(programs[0]) == words, name


WORD = st.text(st.sampled_from("ab \"'\\$`|&;<>*?{}()#=~é"), min_size=1, max_size=8)


@given(st.lists(WORD, min_size=1, max_size=4))
def test_quoted_words_come_back(words: list[str]) -> None:
    text = "tool " + " ".join(map(quote, words))
    assert pipeline(text, {}) == (("tool", *words),)


def test_a_pipe_is_two_programs_and_a_variable_is_what_it_holds() -> None:
    text = 'curl -H "X: $SECRET" "$URL/a?\\$top=5" | jq \'.[] | .id\''
    assert pipeline(text, VARIABLES) == (
        ("curl", "-H", "X: s3cret value", "http://127.0.0.1:5000/a?$top=5"), ("jq", ".[] | .id"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "a && b", "a; b", "a || b", "a $(b)", "a `b`", 'a "$(b)"', 'a "`b`"', "a > b", "a < b", "a &", "(a)", "a *",
        "A=1 b", "a 'b", 'a "b', "a | ", "| a", "", "a ~/b", "a\nb", "a {b,c}", "a # b", "a ${B}", "a $1",
    ],
)  # fmt: skip
def test_what_needs_a_shell_is_refused(text: str) -> None:
    with pytest.raises(NeedsShell):
        pipeline(text, {"B": "x"})


def test_a_variable_that_is_not_set_is_named() -> None:
    with pytest.raises(Unset, match="the variable TOKEN is not set"):
        pipeline("a $TOKEN", {})


def test_it_is_a_real_shell_that_words_are_held_against() -> None:
    assert by_shell(["a 'b c' \"$URL\"", "d"]) == [["a", "b c", "http://127.0.0.1:5000"], ["d"]]
