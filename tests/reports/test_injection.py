"""Whatever stands in a name, every report stays well-formed, of the same shape, and inert."""

import importlib.util
import inspect
import json
import pkgutil
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import jiter
import pytest
from lxml import etree

import soc2test.reports
from soc2test.reports import BUILDERS, WRITERS
from soc2test.run import DISCLAIMER

from .hostile import NAMES, poisoned
from .test_junit import SCHEMA
from .test_matrix_json import errors

CORPUS = Path(__file__).parents[3] / "shared" / "tools" / "badinputs.py"
PLAIN = "plain-name"


def json_shape(text: str) -> Any:
    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return [shape(each) for each in value.values()]
        if isinstance(value, list):
            return [shape(each) for each in value]
        return "text" if isinstance(value, str) else value

    jiter.from_json(text.encode(), allow_inf_nan=False)
    return shape(json.loads(text))


def matrix_shape(text: str) -> Any:
    assert errors(json.loads(text)) == []
    assert only_printable(text)
    return json_shape(text)


def findings_shape(text: str) -> Any:
    assert only_printable(text)
    return [json_shape(line) for line in text.split("\n")[:-1]]


def html_shape(text: str) -> Any:
    tags: list[Any] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag not in ("script", "img", "iframe", "object", "embed", "form", "input", "link", "base", "svg")
            assert not [name for name, _ in attrs if name.startswith("on") or name in ("src", "action", "srcset")]
            assert all(str(value).startswith("#") for name, value in attrs if name == "href")
            if tag != "code":  # what stands between backticks
                tags.append((tag, [name for name, _ in attrs]))

        def handle_endtag(self, tag: str) -> None:
            if tag != "code":
                tags.append(f"/{tag}")

        def handle_comment(self, data: str) -> None:
            raise AssertionError(data)

        unknown_decl = handle_pi = handle_comment

    Parser().feed(text)
    assert only_printable(text)
    return tags


def junit_shape(text: str) -> Any:
    root = etree.fromstring(text.encode())
    SCHEMA.assertValid(root)
    assert only_printable(text)
    return [(element.tag, sorted(map(str, element.attrib)), element.get("classname")) for element in root.iter("*")]


def markdown_shape(text: str) -> Any:
    assert only_printable(text)
    return [markdown_line(line) for line in text.split("\n")]


def markdown_line(line: str) -> tuple[int, str]:
    """How many cells a line has, and how it begins; fails where markup is left outside of a code span."""
    cells = re.findall(r"(\\*)\|", line)
    ends = sum(len(run) % 2 == 0 for run in cells)
    # an escaped backtick opens no code span
    outside = re.sub(r"(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)", "", re.sub(r"(?:\\\\|\\`)", "", line))
    assert not re.search(r"[<>]", outside.removeprefix("> ")), line
    assert not re.search(r"(?<!\\)[\[\]]|://", outside), line
    return ends, line[:2]


def terminal_shape(text: str) -> Any:
    assert only_printable(text)
    assert not [line for line in text.split("\n") if line.strip().startswith("::") or re.search(r"##\w*\[", line)]
    return len(re.findall("^[A-Z]+ +[A-Z]+-", text, re.MULTILINE))


def annotations_shape(text: str) -> Any:
    assert only_printable(text)
    lines = text.split("\n")[:-1]
    for line in lines:
        assert re.fullmatch(r"::error (?:\w+=[^:,\r\n]*,)*\w+=[^:,\r\n]*::[^\r\n]*", line), line
        assert not re.search(r"%(?!25|0A|0D|3A|2C)", line), line
    return len(lines)


def only_printable(text: str) -> bool:
    return not [char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]


CASES: dict[str, Callable[[str], Any]] = {
    "matrix.json": matrix_shape,
    "matrix.md": markdown_shape,
    "matrix.html": html_shape,
    "junit.xml": junit_shape,
    "findings.ndjson": findings_shape,
    "summary": terminal_shape,
    "step_summary": markdown_shape,
    "annotations": annotations_shape,
}

RENDER: dict[str, Callable[[Any], str]] = {
    **{writer.filename: lambda run, writer=writer: writer.render(run).decode() for writer in WRITERS},  # type: ignore[misc]
    **{builder.__name__: builder for builder in BUILDERS},
}


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(soc2test.reports.__path__):
        yield importlib.import_module(f"soc2test.reports.{found.name}")


def test_every_writer_of_the_package_is_known() -> None:
    classes = {
        each
        for module in modules()
        for each in vars(module).values()
        if inspect.isclass(each) and hasattr(each, "render") and hasattr(each, "filename")
    }
    assert classes == {type(writer) for writer in WRITERS}
    github_and_terminal = [importlib.import_module(f"soc2test.reports.{name}") for name in ("github", "terminal")]
    assert {getattr(module, name) for module in github_and_terminal for name in module.__all__} == set(BUILDERS)


def test_every_writer_has_an_injection_case() -> None:
    assert CASES.keys() == RENDER.keys()


@cache
def plain_shape(report: str) -> Any:
    return CASES[report](RENDER[report](poisoned(PLAIN)))


def hold(report: str, name: str) -> None:
    rendered = RENDER[report](poisoned(name))
    assert CASES[report](rendered) == plain_shape(report)
    assert len(rendered) < 2_000_000
    assert report == "annotations" or DISCLAIMER in rendered[-(len(DISCLAIMER) + 60) :]


@pytest.mark.parametrize("report", CASES)
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_hostile_name_stays_a_name(report: str, name: str) -> None:
    hold(report, name)


@pytest.mark.parametrize("report", CASES)
def test_every_control_character_stays_a_name(report: str) -> None:
    points = [*range(0xA0), 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFFFD, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF]
    hold(report, "".join(map(chr, points)))


def corpus() -> dict[str, str]:
    """The project's corpus of hostile names, where it lies beside the checkout."""
    if not CORPUS.is_file():
        return {"absent": ""}  # the test is skipped; an empty set of parameters would be an error
    spec = importlib.util.spec_from_file_location("badinputs", CORPUS)
    assert spec
    assert spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {f"{id} {case[0]}": case[1] for id, case in module.INJ.items()}


SHARED = corpus()


@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus of hostile inputs does not lie beside this checkout")
@pytest.mark.parametrize("report", CASES)
@pytest.mark.parametrize("name", SHARED.values(), ids=SHARED)
def test_a_name_of_the_corpus_stays_a_name(report: str, name: str) -> None:
    hold(report, name)
