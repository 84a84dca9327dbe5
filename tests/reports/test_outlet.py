"""What is written in pieces is hidden as one, and nobody waits for what hides nothing."""

import io
from collections.abc import Callable

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from soc2test.reports.outlet import Outlet, veiled
from soc2test.reports.personal import Pseudonyms, people
from soc2test.reports.veil import Veil

from .tokens import TOKENS

ADA = {"name": "Ada Byron", "email": "ada@acme.example", "accounts": ("github:ada-acme",)}
PEOPLE = Veil(Pseudonyms(b"key", people([ADA]))).text
PEM = TOKENS["private key"][0]


class Console:
    """A stream behind an outlet, and what has left it."""

    def __init__(self, hide: Callable[[str], str | None] = PEOPLE) -> None:
        self.bytes = io.BytesIO()
        self.stream = io.TextIOWrapper(self.bytes, "utf-8", write_through=True)
        self.outlet = Outlet(self.stream, hide)

    def wrote(self, *pieces: str, flush: bool = True) -> str:
        for piece in pieces:
            self.stream.write(piece)
            if flush:
                self.stream.flush()
        return self.bytes.getvalue().decode()


@settings(deadline=None, max_examples=examples(60))
@given(
    st.sampled_from([*(TOKENS[kind] for kind in TOKENS), ("Ada Byron", "Byron"), ("ada@acme.example", "acme")]),
    st.data(),
    st.booleans(),
)
def test_a_secret_or_a_name_in_two_pieces_is_met_as_one(
    case: tuple[str, str], data: st.DataObject, flush: bool
) -> None:
    text, secret = case
    at = data.draw(st.integers(1, len(text) - 1))
    console = Console()
    console.wrote("it has ", text[:at], text[at:], " there\n", flush=flush)
    console.outlet.close()
    assert secret not in console.bytes.getvalue().decode()


@pytest.mark.each(5)
@pytest.mark.parametrize("kind", TOKENS)
def test_a_secret_that_is_cut_anywhere_by_a_flush_is_met_as_one(kind: str) -> None:
    text, secret = TOKENS[kind]
    for at in range(1, len(text)):
        console = Console()
        console.wrote("it has ", text[:at], text[at:], " there\n", flush=True)
        console.outlet.close()
        assert secret not in console.bytes.getvalue().decode(), at


@pytest.mark.parametrize("through", [True, False])
def test_bytes_that_are_written_past_the_stream_come_between_no_two_pieces(through: bool) -> None:
    """Where Python is not told to write unbuffered, a stream keeps text back, and its buffer takes what comes later."""
    text, secret = TOKENS["GitHub token"]
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, "utf-8", write_through=through)
    outlet = Outlet(stream, PEOPLE)
    stream.write(text[:12])
    stream.flush()
    stream.write(f"{text[12:]}\n")
    written.write(b"another line\n")
    outlet.close()
    assert stream.write_through is through
    assert written.getvalue().decode() == "[redacted GitHub token]\nanother line\n"
    assert secret not in written.getvalue().decode()


def test_a_letter_at_the_end_of_a_longer_word_is_no_dot_of_a_run() -> None:
    seed = "".join(("otpauth://totp/acme:ada?s", "ecret=JBSWY3DPEHPK", "3PXPJBSWY3DPEHPK3PXP"))
    assert "JBSWY3DP" not in Console().wrote("it has ", seed[:25], seed[25:], " there\n")


@pytest.mark.parametrize("prefix", ["", "E   ", "INTERNALERROR> ", "\x1b[31mE   ", "WARNING  x:own.py:5 "])
def test_the_lines_of_a_private_key_one_by_one(prefix: str) -> None:
    console = Console()
    said = console.wrote(*(f"{prefix}{line}\n" for line in PEM.split("\n")), "and then all is said\n")
    assert "A" * 16 not in said
    assert "MIIE" not in said
    assert said.endswith("and then all is said\n")


def test_prompts_and_dots_do_not_wait() -> None:
    assert Console().wrote("(Pdb) ") == "(Pdb) "
    assert Console().wrote("policies/own.py ", ".", "F", "s") == "policies/own.py .Fs"
    assert Console().wrote("\x1b[31mF\x1b[0m") == "\x1b[31mF\x1b[0m"
    assert Console().wrote("Continue? [y/N]: ") == "Continue? [y/N]: "


def test_a_text_behind_a_dot_or_a_colour_is_a_text_of_its_own() -> None:
    assert "Ada" not in Console().wrote("F", "Ada Byron\n")
    assert "Ada" not in Console().wrote("\x1b[31mF\x1b[0m", "\x1b[1mAda Byron\n")


@pytest.mark.parametrize("at", range(1, 10))
@pytest.mark.parametrize("kind", ["Stripe key", "API key", "Shopify token", "Figma token", "Prefect key", "xAI key"])
def test_a_secret_that_begins_like_the_dots_of_a_run(kind: str, at: int) -> None:
    text, secret = TOKENS[kind]
    console = Console()
    console.wrote(".Fs it has ", text[:at], text[at:], " there\n", "and more\n")
    console.outlet.close()
    said = console.bytes.getvalue().decode()
    assert secret not in said
    assert said.endswith(" there\nand more\n")


def test_what_is_written_before_people_are_known_waits() -> None:
    known = False

    def hide(text: str) -> str | None:
        return PEOPLE(text) if known else None

    console = Console(hide)
    assert console.wrote("of Ada Byron\n", "and ") == ""
    known = True
    said = console.wrote("more\n")
    assert said.startswith("of person-")
    assert said.endswith("\nand more\n")


def test_what_hiding_writes_is_not_lost() -> None:
    console = Console(lambda text: text)
    first = True

    def hide(text: str) -> str:
        nonlocal first
        if first:
            first = False
            console.stream.write("loaded\n")
        return text

    console.outlet.hide = hide
    assert console.wrote("header\n", flush=False) == "header\nloaded\n"


def test_bytes_half_a_character_and_long_lines() -> None:
    console = Console()
    for byte in "grün ✓\n".encode():
        console.stream.buffer.write(bytes([byte]))
    assert console.bytes.getvalue().decode() == "grün ✓\n"
    text = "word " * 30_000
    assert len(console.wrote(text, flush=False)) > 1 << 16
    console.outlet.close()
    assert console.bytes.getvalue().decode() == f"grün ✓\n{text}"


def test_a_stream_of_text_alone_and_the_end() -> None:
    stream = io.StringIO()
    with veiled([stream], PEOPLE):
        stream.write("of Ada ")
        stream.write("Byron")
    assert stream.getvalue().startswith("of person-")
    stream.write(" Ada Byron")
    assert stream.getvalue().endswith(" Ada Byron")
