"""Which names are those of known systems of artificial intelligence, and which of them the register has."""

import re
from collections.abc import Iterable, Sequence

from soc2test import AISystem, AIUse, Application, Population, UnknownFact, any_of, deviation
from soc2test_policies._joins import told

__all__ = ["KNOWN", "all_told", "known_name", "of_source", "registered"]

_WORDS = re.compile(r"[^\W_]+")

KNOWN = (
    "AI Studio", "Anthropic", "Bedrock", "Character AI", "ChatGPT", "Claude", "Codeium", "Cohere",
    "Compose AI", "Copilot", "Cursor", "DeepSeek", "ElevenLabs", "Fireflies", "Gemini", "Grammarly", "Grok",
    "Hugging Face", "Jasper", "Meta AI", "Midjourney", "Mistral", "Monica", "Notion AI", "OpenAI", "Otter ai",
    "Perplexity", "Poe", "Q Developer", "Read ai", "Replit", "Runway", "Sider", "Suno", "Synthesia", "Tabnine",
    "Vertex AI", "Windsurf",
)  # fmt: skip
"""Names of vendors and products, as they stand in lists of applications; the products that published inventories of
what people connect by themselves name most (Nudge Security, Torii and others, 2025 and 2026), and those of the large
clouds. No list is whole: there are new ones each week, so that soc2.yaml may set a longer one."""


def known_name(name: str, known: Iterable[str]) -> str:
    """The first of the `known` names whose words stand in `name`, one after the other; "" where none does."""
    words = _split(name)
    for one in known:
        wanted = _split(one)
        if wanted and (_within(wanted, words) or "".join(wanted) in words):
            return one
    return ""


def registered(name: str, systems: Population[AISystem]) -> bool:
    """Whether the register has a system that is known by a name. Raises `UnknownFact` where that can't be told."""
    return any_of(systems, lambda system: any(_split(name) == _split(own) for own in system.known_as))


def all_told(applications: Population[Application], uses: Population[AIUse], systems: Population[AISystem]) -> None:
    """The register has each known system that lists of applications and of seats show."""
    for application in applications.members:
        name = told(lambda application=application: application.name, "")  # type: ignore[misc]
        active = told(lambda application=application: application.active, True)  # type: ignore[misc]
        if active and known_name(name, KNOWN) and not registered(name, systems):
            deviation(application, f"{application.source} has the application {name}, and no entry is known as it")
    for product in sorted({told(lambda use=use: use.product, "") for use in uses.members}):  # type: ignore[misc]
        if product and not registered(product, systems):
            use = next(use for use in uses.members if told(lambda use=use: use.product, "") == product)  # type: ignore[misc]
            deviation(use, f"{use.source} lists seats of {product}, and no entry is known as it")


def of_source(written: str) -> tuple[str, str]:
    """The source and the id of what a register names as "source:id".

    Raises `UnknownFact` where it names no source.
    """
    source, colon, id = written.partition(":")
    if not colon or not source or not id:
        raise UnknownFact("", f"{written!r} names no source: write it as source:id")
    return source, id


def _split(text: str) -> list[str]:
    return _WORDS.findall(text.casefold())


def _within(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))
