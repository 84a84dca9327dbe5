"""Where the export of a call belongs: folder and file name, as claims read them back."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import quote

from soc2test.sources.operation import Operation
from soc2test.sources.source import Source

__all__ = ["file_of", "folder_of", "is_kept_by_hand", "place_of"]


def folder_of(source: Source, known: Mapping[str, str] | None = None) -> str:
    """The folder of a scope ("exports/aws/012345678901/<region>"); what is not known stands in angle brackets."""
    return "/".join(("exports", source.name, *(_filled(level, known or {}) for level in source.scope)))


def file_of(operation: Operation, known: Mapping[str, str] | None = None) -> str:
    """The name of a call's file ("s3api.get-bucket-policy.<bucket>.json")."""
    subject = "~".join(_filled(part, known or {}) for part in operation.subject)
    return operation.prefix + (f".{subject}" if subject else "") + _suffix(operation)


def place_of(source: Source, operation: Operation, known: Mapping[str, str] | None = None) -> str:
    """Folder and name."""
    return f"{folder_of(source, known)}/{file_of(operation, known)}"


def _filled(part: str, known: Mapping[str, str]) -> str:
    value = known.get(part)
    if not value:
        return f"<{part}>"
    # of the ASCII signs these alone stand for themselves: no shell, no Windows and no archive minds them
    text = quote(value, safe=" @+=,").replace("~", "%7E")
    return f"%2E{text[1:]}" if text.startswith(".") else text  # names with a leading dot are not read


def is_kept_by_hand(operation: Operation) -> bool:
    """True where no command prints it but people keep a file ("registers/people.yaml")."""
    return " " not in operation.command and bool(PurePosixPath(operation.command).suffix)


def _suffix(operation: Operation) -> str:
    return PurePosixPath(operation.command).suffix if is_kept_by_hand(operation) else ".json"
