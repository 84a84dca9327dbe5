"""Which names are those of known systems of artificial intelligence, and which of them the register has."""

import re
from collections.abc import Iterable, Iterator, Sequence

from soc2test import AISystem, AIUse, AppGrant, Application, Population, UnknownFact, any_of, deviation
from soc2test_policies._joins import known, told

__all__ = ["KNOWN", "all_told", "known_name", "of_source", "registered", "shadow_of", "systems_of"]

_WORDS = re.compile(r"[^\W_]+")

KNOWN = (
    "AI Studio", "Anthropic", "Bedrock", "Character AI", "ChatGPT", "Claude", "CodeRabbit",
    "CodeRabbit AI", "Codeium", "Codex", "Cohere",
    "Compose AI", "Copilot", "Cursor", "DeepSeek", "Devin", "ElevenLabs", "Fireflies", "Gemini", "Grammarly", "Grok",
    "Hugging Face", "Jasper", "Meta AI", "Midjourney", "Mistral", "Monica", "Notion AI", "OpenAI", "Otter ai",
    "Perplexity", "Poe", "Q Developer", "Read ai", "Replit", "Runway", "Sider", "Suno", "Synthesia", "Tabnine",
    "Vertex AI", "Windsurf",
)  # fmt: skip
"""Names of vendors and products, as they stand in lists of applications; the products that published inventories of
what people connect by themselves name most (Nudge Security, Torii and others, 2025 and 2026), and those of the large
clouds. No list is whole: there are new ones each week, so that soc2.yaml may set a longer one."""


def known_name(name: str, names: Iterable[str]) -> str:
    """The first of `names` whose words stand in `name`, one after the other; "" where none does."""
    words = _split(name)
    for one in names:
        wanted = _split(one)
        if wanted and (_within(wanted, words) or "".join(wanted) in words):
            return one
    return ""


def registered(name: str, systems: Population[AISystem]) -> bool:
    """Whether the register has a system that is known by a name. Raises `UnknownFact` where that can't be told."""
    return any_of(systems, lambda system: _is_known_as(system, name))


def systems_of(name: str, systems: Population[AISystem]) -> Iterator[AISystem]:
    """The systems that are known by a name. Raises `UnknownFact` last where further ones may be."""
    found, unknown = known(systems, lambda system: _is_known_as(system, name))
    yield from found
    if unknown is not None:
        raise unknown


def _is_known_as(system: AISystem, name: str) -> bool:
    return any(_split(name) == _split(own) for own in system.known_as)


def all_told(
    applications: Population[Application],
    uses: Population[AIUse],
    grants: Population[AppGrant],
    systems: Population[AISystem],
) -> None:
    """The register has each known system that lists of applications, of seats and of grants show."""
    for application in applications.members:
        names = (_name(application), told(lambda application=application: application.catalogue_name, None))  # type: ignore[misc]
        if _is_on(application) and shadow_of(names, KNOWN, systems):
            text = f"{application.source} has the application {_name(application)}, and no entry is known as it"
            deviation(application, text)
    for grant in grants.members:
        if _is_on(grant) and shadow_of([_name(grant)], KNOWN, systems):
            deviation(grant, f"{grant.source} lets in {_name(grant)}, and no entry is known as it")
    for product, use in {_product(use): use for use in reversed(uses.members)}.items():
        if product and not registered(product, systems):
            deviation(use, f"{use.source} lists seats of {product}, and no entry is known as it")


def shadow_of(names: Iterable[str | None], wanted: Sequence[str], systems: Population[AISystem]) -> str:
    """Which of the `wanted` names something has, where the register knows it by none of its `names`; "" where none.

    Raises `UnknownFact` where the register may know it.
    """
    own = [name for name in names if name is not None]
    found = next((found for name in own if (found := known_name(name, wanted))), "")
    if found and any_of(own, lambda name: registered(name, systems)):
        return ""
    return found


def _is_on(application: Application | AppGrant) -> bool:
    """What is unknown of it, its own test says."""
    return bool(told(lambda: application.active, True))


def _name(application: Application | AppGrant) -> str:
    return told(lambda: application.name, "")


def _product(use: AIUse) -> str:
    return told(lambda: use.product, "")


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
