"""What the columns of a register's tables may be mapped to in soc2.yaml: its keys by what they hold, and presets."""

from functools import cache
from pathlib import Path

import msgspec
import yaml

from soc2test import Form, Mappable, Preset
from soc2test_plugins.registers.schemas import IDS, Key, entry_schema, is_date, types_of

__all__ = ["mappable"]

_PRESETS = Path(__file__).parent / "presets"


def mappable(register: str) -> Mappable:
    """The keys of an entry of the register that a column can hold."""
    keys = entry_schema(register)["properties"]
    forms = {name: _form(key) for name, key in keys.items()}
    words = {name: _words(keys[name]) for name, form in forms.items() if form == "word"}
    presets = {name: preset for name, preset in _presets().items() if preset.register == register}
    return Mappable(forms=forms, ids=IDS.get(register, ("id",)), words=words, presets=presets)


def _form(key: Key) -> Form:
    if is_date(key):
        return "day" if key.get("format") == "date" else "moment"
    types = types_of(key)
    if "enum" in key and "string" in types:
        return "word"
    if "boolean" in types:
        return "yes or no"
    return "text" if "string" in types and "format" not in key else "other"


def _words(key: Key) -> tuple[str, ...]:
    return tuple(word for word in key["enum"] if word is not None)


@cache
def _presets() -> dict[str, Preset]:
    """By the name of their file."""
    files = sorted(_PRESETS.glob("*.yaml"))
    return {file.stem: msgspec.convert(yaml.safe_load(file.read_bytes()), Preset) for file in files}
