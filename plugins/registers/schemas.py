"""The JSON Schemas of the registers: for validation, and for editors and docs to point at."""

import json
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["REGISTERS", "load_schema", "schema_path"]

REGISTERS = ("people", "vendors", "risks", "policies", "training", "access_reviews", "incidents", "devices")
"""The names of all registers: of their files below exports/registers/, and of their schemas."""


def schema_path(register: str) -> Path:
    """The file of a register's JSON Schema (draft 2020-12). Raises `ValueError` where there is no such register."""
    if register not in REGISTERS:
        raise ValueError(f"there is no register {register!r}; there are {', '.join(REGISTERS)}")
    return Path(__file__).parent / "schemas" / f"{register}.schema.json"


@cache
def load_schema(register: str) -> dict[str, Any]:
    """A register's JSON Schema, read once: not to be changed. Raises `ValueError` as `schema_path` does."""
    schema: dict[str, Any] = json.loads(schema_path(register).read_text(encoding="utf-8"))
    return schema
