"""No text of the project says more than a test can: pages, templates, schemas, and all texts in its code."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest
from allowed_words import KEPT, PHRASES

from soc2test.linting.words import refused_words

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "fixtures/*.md", "fixtures/*/*.md", "soc2test/cli/templates/**/*",
                    "soc2test/schemas/*.json", "plugins/*/schemas/*.json", "policies/kept.yaml", "pyproject.toml")
    for path in ROOT.glob(pattern)
    if path.is_file()
)  # fmt: skip
CODE = sorted(path for top in ("soc2test", "plugins", "policies") for path in (ROOT / top).rglob("*.py"))
TABLE_OF_WORDS = ROOT / "soc2test/linting/words.py"
"""It names the words, as patterns."""
ALLOWED = [*PHRASES, *KEPT]


def said(text: str, line: int = 1) -> list[str]:
    """The refused words of a text, with their lines."""
    return [f"line {line + text.count(chr(10), 0, each.at)}: {each.word}" for each in refused_words(text, ALLOWED)]


def texts(path: Path) -> Iterator[tuple[str, int]]:
    """The texts of more than a word in a file of code, docstrings too, with their lines; {} is what is put in."""
    tree = ast.parse(path.read_bytes())
    within = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield (
                "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values),
                node.lineno,
            )
        elif _is_text(node) and id(node) not in within:
            yield str(node.value), node.lineno


def _is_text(node: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_template_or_schema_says_a_refused_word(path: Path) -> None:
    assert said(path.read_text("utf-8")) == []


@pytest.mark.each(2)
@pytest.mark.parametrize("top", ["soc2test", "plugins", "policies"])
def test_no_text_in_the_code_says_a_refused_word(top: str) -> None:
    files = [path for path in CODE if path.is_relative_to(ROOT / top) and path != TABLE_OF_WORDS]
    assert len(files) > 50  # else a folder was not found
    found = {
        str(path.relative_to(ROOT)): words
        for path in files
        for text, line in texts(path)
        if (words := said(text, line))
    }
    assert found == {}


@pytest.mark.long
def test_each_allowed_phrase_stands_somewhere_and_would_be_refused() -> None:
    everything = [path.read_text("utf-8") for path in PAGES] + [text for path in CODE for text, _ in texts(path)]
    assert [phrase for phrase in PHRASES if not any(phrase in text for text in everything)] == []
    assert [phrase for phrase in PHRASES if not list(refused_words(phrase))] == []


def test_a_refused_word_would_be_seen() -> None:
    assert said("one\nwhich is certified") == ["line 2: certified"]
    page = (ROOT / "README.md").read_text("utf-8")
    assert said(page + "All 61 criteria: 87 % of the criteria are green.") != []
    assert said("the tests satisfy it; " + "the second opinion in the tests") == ["line 1: satisfy"]
