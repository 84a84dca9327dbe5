"""The words of a register's tables: what soc2.yaml and a preset say that they mean, and the register's own."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from soc2test.evidence.table_map import folded
from soc2test.exceptions.records import Place
from soc2test.nearest import near
from soc2test.sources.embedded import yes_or_no
from soc2test.sources.mappable import Mappable, Preset

__all__ = ["Said", "key_words"]

_USUAL = {
    "yes": "true",
    "no": "false",
    "true": "true",
    "false": "false",
    "y": "true",
    "n": "false",
    "1": "true",
    "0": "false",
}
"""what `yes_or_no` reads, and what it means there"""
_USUAL_SHOWN = ("yes", "no", "true", "false")

Words = Mapping[str, str]
"""Word of the table -> word of the register, "true" and "false" for yes and no."""


class Said(Protocol):
    """What soc2.yaml says of words."""

    @property
    def yes(self) -> Sequence[str]:
        """Words that mean yes."""

    @property
    def no(self) -> Sequence[str]:
        """Words that mean no."""

    @property
    def values(self) -> Mapping[str, Words]:
        """Key -> what its words mean."""


def key_words(
    said: Said, preset: Preset | None, mappable: Mappable, place: Place
) -> tuple[dict[str, dict[str, str]], dict[str, tuple[str, ...]]]:
    """Key -> folded word -> meaning, and key -> the words as they are written, of each key that takes words alone.

    What soc2.yaml says goes before the preset. Raises `ProgrammeError` where it says of a word of the register, or of a
    usual yes or no, that it means another.
    """
    _check_flags(said, place)
    _check_values(said, mappable, place)
    flags = {**_flags(said.yes, said.no), **_flags(*((preset.yes, preset.no) if preset else ((), ())))}
    meanings: dict[str, dict[str, str]] = {}
    shown: dict[str, tuple[str, ...]] = {}
    for key, form in mappable.forms.items():
        if form not in ("word", "yes or no"):
            continue
        special = {**_of_preset(preset, key), **said.values.get(key, {})}
        special = {word: _meaning(meaning) for word, meaning in special.items()} if form != "word" else special
        own = {**_USUAL, **flags} if form != "word" else {word: word for word in mappable.words[key]}
        meanings[key] = {folded(word): meaning for word, meaning in {**own, **special}.items()}
        usual = [*flags, *_USUAL_SHOWN] if form != "word" else list(own)
        shown[key] = tuple(dict.fromkeys([*special, *usual]))
    return meanings, shown


def _flags(yes: Iterable[str], no: Iterable[str]) -> dict[str, str]:
    return {**dict.fromkeys(yes, "true"), **dict.fromkeys(no, "false")}


def _of_preset(preset: Preset | None, key: str) -> dict[str, str]:
    words = {} if preset is None else preset.values.get(key, {})
    return {word: str(meaning).lower() if isinstance(meaning, bool) else meaning for word, meaning in words.items()}


def _meaning(text: str) -> str:
    return "true" if yes_or_no(text) else "false"


def _check_flags(said: Said, place: Place) -> None:
    for name, words, other in (("yes", said.yes, said.no), ("no", said.no, said.yes)):
        for number, word in enumerate(words):
            if not folded(word):
                raise place.at(name, number).refuse("is blank: an empty cell says neither yes nor no")
            if yes_or_no(word) is (name != "yes") or folded(word) in map(folded, other):
                text = f'"{word}" means {"no" if name == "yes" else "yes"} already: one word says one thing'
                raise place.at(name, number).refuse(text)


def _check_values(said: Said, mappable: Mappable, place: Place) -> None:
    for key, words in said.values.items():
        there, form = place.at("values", key), mappable.forms[key]
        if form not in ("word", "yes or no"):
            raise there.refuse(f"{key} takes any text, no words of a list: only keys of these have values")
        first: dict[str, str] = {}
        for word, meaning in words.items():
            text = _wrong_flag(word, meaning) if form != "word" else _wrong_word(word, meaning, mappable.words[key])
            if not folded(word):
                text = "is blank: what an empty cell means can't be said"
            elif folded(word) in first:
                text = f'"{first[folded(word)]}" and "{word}" are one word but for case and blanks: write it once'
            if text:
                raise there.at(word).refuse(text)
            first[folded(word)] = word


def _wrong_flag(word: str, meaning: str) -> str:
    if yes_or_no(meaning) is None:
        return "means yes or no: write one of both"
    usual = yes_or_no(word)
    return f'"{word}" can\'t mean the other one' if usual is not None and usual is not yes_or_no(meaning) else ""


def _wrong_word(word: str, meaning: str, allowed: Sequence[str]) -> str:
    if meaning not in allowed:
        return f"must mean one of {', '.join(allowed)}{near(meaning, allowed)}"
    own = {folded(each): each for each in allowed}
    said = own.get(folded(word), meaning)
    return f"\"{word}\" is the register's own word, and can't mean {meaning}" if said != meaning else ""
