"""What a file that is not the export of its call looks like: a login page, an error text, a table; never quoted."""

import re
from typing import Any

from soc2test.evidence.content import data_suffix
from soc2test.evidence.csv_text import TABLES
from soc2test.sources.operation import Operation

__all__ = ["is_page", "other_list", "other_text"]

_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ERROR = re.compile(
    r"\s*(?:an error occurred|(?:\w+: )?\[?(?:fatal|error|errno)\b|traceback \(most recent|usage:|unable to |"
    r"could not |failed to |you must |to get started|please (?:run|log ?in|sign in)|"
    r"(?:gh|az|gcloud|okta|aws|kubectl|terraform): |"
    r"not logged in|bad credentials|unauthorized|forbidden|permission denied|command not found|"
    r"[\w./-]+: (?:line \d+: )?[\w./-]+: command not found)",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*[+|╔┌][-=+|═─┬╤ ]{2,}|\s*-{4,}")
_HEADS = re.compile(r"\s*[A-Z][A-Z0-9_()/-]+(?:(?: {2,}|\t)[A-Z][A-Z0-9_()/ -]*)+\s*(?:\n|$)")
_AS_JSON = "as JSON (`--output json`, or as your command calls it)"
_TABBED = re.compile(r"\s*[^\s{\[\"<][^\t\n]*\t[^\n]*(?:\n|$)")


_UNDER_ANOTHER_NAME = {
    "PK\3\4": "is a zip file or a spreadsheet under another name: name it .xlsx, or .zip",
    "\x1f\ufffd": "is compressed, and its name does not say so: let it end in .gz",
    "%PDF-": "is a PDF under another name: export the data that it shows",
}


def is_page(text: str) -> bool:
    """True for a web page, which may pass for a CSV of one column."""
    return _HTML.match(text) is not None


def other_text(text: str, path: str, again: str) -> str | None:
    """What a text that is no JSON looks like, with the command that exports the data; None where that is not known."""
    if data_suffix(path) == ".xlsx":  # what is wrong with one is told with its place
        return None
    for begins, says in _UNDER_ANOTHER_NAME.items():
        if text.startswith(begins):
            return says
    if is_page(text):
        return f"is a web page, perhaps one to sign in: sign in, and export `{again}`"
    if data_suffix(path) in (".yaml", ".yml", *TABLES):
        return None
    if _ERROR.match(text):
        return f"holds an error text of a command, no data: see what it says, and export `{again}` again"
    if _RULE.match(text) or _HEADS.match(text) or _TABBED.match(text):
        return f"is a table for people: export `{again}` {_AS_JSON}"
    begins = text.lstrip()[:1]
    if begins and begins not in '{["' and data_suffix(path) != ".js":
        return f"is a text, no JSON: export `{again}` {_AS_JSON}"
    return None


def other_list(operation: Operation, body: Any, missing: str, again: str, path: str) -> str:
    """Why there is no list where the operation's items should be. Names the keys that are needed, never those found."""
    if data_suffix(path) in TABLES:
        return f"is a CSV, as consoles save them; what `{again}` prints is read: export that"
    items = operation.items or ""
    key = items.partition(".")[0].removesuffix("[]")
    needed = f"its body should be an object with a list at `{items}`" if key else "its body should be a list"
    deeper = f"has no list at {missing}: " if missing not in (key, "its top") else ""
    text = f"{deeper}{needed}, as `{again}` prints"
    if key and isinstance(body, list):
        return f"{text}; leave out options such as `--query`, `--jq` or `--slurp`"
    if isinstance(body, dict) and isinstance(body.get("data"), dict):
        return f"{text}; this looks like the answer to a GraphQL query"
    if isinstance(body, dict) and not any(isinstance(value, list) for value in body.values()):
        return f"{text}; this looks like a single item, or another call's output"
    return text
