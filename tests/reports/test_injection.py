"""Whatever stands in a name, every report stays well-formed, of the same shape, and inert."""

import importlib.util
import inspect
import json
import pkgutil
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any, get_type_hints

import jiter
import pytest
from lxml import etree

import soc2test.pytest_plugin
import soc2test.reports
from soc2test.pytest_plugin import words
from soc2test.reports import BUILDERS, WRITERS, summary
from soc2test.reports.formats import FORMATS
from soc2test.reports.html_files import script
from soc2test.run import DISCLAIMER, Run, Writer
from soc2test.sources.loading import load_plugins
from soc2test.verdicts import ControlResult

from .hostile import NAMES, over_a_period, poisoned
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


def lines_shape(text: str) -> Any:
    assert only_printable(text)
    return [json_shape(line) for line in text.split("\n")[:-1]]


def sarif_shape(text: str) -> Any:
    """The same JSON, none of whose messages holds a link or a placeholder as SARIF has them."""
    assert only_printable(text)

    def messages(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            message = value.get("message")
            yield from [message["text"]] if isinstance(message, dict) else []
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from messages(inner)

    for message in messages(json.loads(text)):
        assert "](" not in message
        assert not re.search(r"\{[0-9]", message)
    return json_shape(text)


def plain_json_shape(text: str) -> Any:
    assert only_printable(text)
    return json_shape(text)


def html_shape(text: str, scripts: int = 1) -> Any:
    tags: list[Any] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag not in (
                "img",
                "iframe",
                "object",
                "embed",
                "form",
                "link",
                "base",
                "use",
                "image",
                "foreignobject",
            )
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
    # ours alone and whole: its digest stands in the policy
    assert text.count("<script") == text.count(f"<script>{script()}</script>") == scripts
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


def console_shape(text: str) -> Any:
    """What pytest prints of a control: as many lines, and none of them a command."""
    assert only_printable(text)
    assert not [line for line in text.split("\n") if line.strip().startswith("::") or re.search(r"##\w*\[", line)]
    return len(text.split("\n"))


def annotations_shape(text: str) -> Any:
    assert only_printable(text)
    lines = text.split("\n")[:-1]
    for line in lines:
        assert re.fullmatch(r"::error (?:\w+=[^:,\r\n]*,)*\w+=[^:,\r\n]*::[^\r\n]*", line), line
        assert not re.search(r"%(?!25|0A|0D|3A|2C)", line), line
    return len(lines)


def only_printable(text: str) -> bool:
    return not [char for char in set(text) if char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]


CASES: dict[str, Callable[[str], Any]] = {
    "matrix.json": matrix_shape,
    "matrix.md": markdown_shape,
    "matrix.html": html_shape,
    "junit.xml": junit_shape,
    "findings.ndjson": lines_shape,
    "results.sarif": sarif_shape,
    "results.ocsf.json": plain_json_shape,
    "results.oscal.json": plain_json_shape,
    "controls.ndjson": lines_shape,
    "evidence.ndjson": lines_shape,
    "summary": terminal_shape,
    "step_summary": markdown_shape,
    "annotations": annotations_shape,
    "headline": console_shape,
    "report_text": console_shape,
    "short_line": console_shape,
}



def text_of(writer: Writer, run: Run) -> str:
    return writer.render(run).decode()


RENDER: dict[str, Callable[[Any], str]] = {
    **{writer.filename: partial(text_of, writer) for writer in (*WRITERS, *FORMATS.values())},
    **{builder.__name__: builder for builder in BUILDERS},
    "headline": lambda run: "\n".join(map(words.headline, run.controls)),
    "report_text": lambda run: "\n".join(map(words.report_text, run.controls)),
    "short_line": lambda run: "\n".join(map(words.short_line, run.controls)),
    "summary": lambda run: summary(run) + summary(run, verbose=True),
}
NO_DISCLAIMER = ("annotations", "headline", "report_text", "short_line")
"""Texts that stand within an output that ends with it."""
PARTS = {
    *(f"company_{name}.company" for name in ("html", "terminal")),
    *(f"frameworks_{name}.frameworks" for name in ("html", "terminal")),
    *(f"subservice_{name}.subservice" for name in ("html", "terminal")),
    "subservice_view.organisations_named",
    "first_view.not_shown_text",
    "html_bars.source_bars",
    "html_controls.attention",
    "html_criteria.criteria",
    "html_data.data",
    "html_evidence.evidence",
    "html_filters.filters",
    "html_links.criterion_links",
    "html_pictures.pictures",
    "html_summary.summary_of",
    "pictures_view.out_of_scope_text",
    *(f"html_ours.{name}" for name in ("documents", "evidence_tests", "exceptions", "statements")),
    *(f"left_out.{name}" for name in ("taken_out_text", "waiver_text")),
    *(f"natures.{name}" for name in ("natures_text", "shared_text", "sources_text")),
    "privacy.privacy_text",
    "ndjson.closing",
    "ndjson.opening",
    *(
        f"terminal_parts.{name}"
        for name in ("evidence_tests", "exceptions", "not_decided", "over_period", "statements")
    ),
    "period_view.period_headline",
    *(
        f"view.{name}"
        for name in (
            "as_of_label",
            "as_of_text",
            "counts_text",
            "criteria_text",
            "headline",
            "numbers",
            "recorded_text",
        )
    ),
}
"""What makes a part of another text, with which it is tried."""


def modules(package: ModuleType = soc2test.reports) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def writers(module: ModuleType) -> set[str]:
    """Classes of a module that render something, by name; whether they are in WRITERS or not."""
    classes = [each for each in vars(module).values() if inspect.isclass(each)]
    own = [each for each in classes if each.__module__ == module.__name__ and not getattr(each, "_is_protocol", False)]
    return {each.__name__ for each in own if hasattr(each, "render")}


def builders(module: ModuleType) -> set[str]:
    """Public functions of a module that make a text of a run or of a control's result, by name."""
    own = [each for each in vars(module).values() if inspect.isfunction(each) and each.__module__ == module.__name__]
    return {each.__name__ for each in own if not each.__name__.startswith("_") and _tells(each)}


def _tells(function: Callable[..., Any]) -> bool:
    hints = get_type_hints(function)
    given = [each for name, each in hints.items() if name != "return"]
    return hints.get("return") in (str, bytes, Iterator[str], Iterator[bytes]) and bool(
        {Run, ControlResult} & set(given)
    )


def test_every_writer_of_the_package_is_known() -> None:
    found = set().union(*map(writers, modules()))
    assert found == {type(writer).__name__ for writer in (*WRITERS, *FORMATS.values())}


def test_every_text_of_a_run_has_an_injection_case() -> None:
    all_modules = (*modules(), *modules(soc2test.pytest_plugin))
    found = {f"{each.__name__.rpartition('.')[2]}.{name}" for each in all_modules for name in builders(each)}
    assert found > PARTS
    assert {each.partition(".")[2] for each in found - PARTS} == CASES.keys() - {
        each.filename for each in (*WRITERS, *FORMATS.values())
    }


def test_every_writer_has_an_injection_case() -> None:
    assert CASES.keys() == RENDER.keys()
    assert set(CASES) >= {
        writer.filename for writer in (*WRITERS, *FORMATS.values(), *load_plugins(Path("none")).writers())
    }


def test_a_writer_that_nobody_tries_is_found() -> None:
    """The discovery itself: a writer and a builder in a module of their own."""
    module = ModuleType("soc2test.reports.slides")
    source = (
        "from soc2test.run import Run\n"
        "class Slides:\n"
        "    def __init__(self): self.filename = 'slides.txt'\n"
        "    def render(self, run: Run) -> bytes: return b''\n"
        "def chat(run: Run, room: str = '') -> str: return ''\n"
    )
    exec(source, vars(module))  # noqa: S102
    assert writers(module) == {"Slides"}
    assert builders(module) == {"chat"}


@cache
def plain_shape(report: str) -> Any:
    return CASES[report](RENDER[report](poisoned(PLAIN)))


def hold(report: str, name: str) -> None:
    rendered = RENDER[report](poisoned(name))
    assert CASES[report](rendered) == plain_shape(report)
    assert len(rendered) < 2_500_000
    assert report in NO_DISCLAIMER or DISCLAIMER in rendered[-(len(DISCLAIMER) + 60) :]


def _crossed(names: Mapping[str, str]) -> Iterator[Any]:
    """Each name in each report; the default run takes a third of the pairs, of each report and of each name."""
    for row, (id, name) in enumerate(names.items()):
        for column, report in enumerate(CASES):
            marks = [pytest.mark.long] * bool((row + column) % 3)
            yield pytest.param(report, name, id=f"{id}-{report}", marks=marks)


@pytest.mark.each(5)
@pytest.mark.parametrize(("report", "name"), [*_crossed(NAMES)])
def test_a_hostile_name_stays_a_name(report: str, name: str) -> None:
    hold(report, name)


@pytest.mark.each(5)
@pytest.mark.parametrize("report", CASES)
@pytest.mark.parametrize("name", list(NAMES.values())[::8], ids=list(NAMES)[::8])
def test_a_hostile_name_stays_a_name_over_a_period(report: str, name: str) -> None:
    shape = CASES[report](RENDER[report](over_a_period(PLAIN)))
    assert CASES[report](RENDER[report](over_a_period(name))) == shape


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


@pytest.mark.each(5)
@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus of hostile inputs does not lie beside this checkout")
@pytest.mark.parametrize(("report", "name"), [*_crossed(SHARED)])
def test_a_name_of_the_corpus_stays_a_name(report: str, name: str) -> None:
    hold(report, name)
