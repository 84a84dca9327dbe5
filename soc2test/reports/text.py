"""Text from evidence, made harmless for each format: names in exports are hostile until shown otherwise."""

import codecs
import hashlib
import html
import json
import re
from typing import Any

import msgspec

__all__ = [
    "DATA_LIMIT",
    "clip",
    "console_lines",
    "html_text",
    "inert",
    "json_dump",
    "json_text",
    "markdown_code",
    "markdown_prose",
    "markdown_text",
    "terminal_text",
    "visible",
]

VIEW_LIMIT = 200
"""Characters of a name or message that a view for people shows."""

DATA_LIMIT = 4000
"""Characters of a text in the artifacts for machines."""

_CONTROLS = "\x00-\x1f\x7f-\x9f"
_HIDDEN = (
    "\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # bidi, zero width
)
_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_SURROGATES = "\ud800-\udfff"
_UNSAFE = re.compile(f"[{_CONTROLS}{_HIDDEN}{_NO_CHARACTERS}{_SURROGATES}]")
_LONE = re.compile(f"[{_SURROGATES}]")
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_STACKED = re.compile(f"({_MARK}{{4}})({_MARK}+)")


def clip(text: str, limit: int) -> str:
    """The text, cut to `limit` characters; what is cut is named by its length and digest, so that two stay two."""
    if len(text) <= limit:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{text[:limit]}… ({len(text)} characters, sha256 {digest[:12]})"


def visible(text: str, limit: int = VIEW_LIMIT) -> str:
    """One line, every character of which is seen: controls, bidi marks and what XML can't hold stand as `\\x1b`.

    The text is cut to about `limit` characters, and no more than four combining marks stand on each other.
    """
    if len(text) <= limit and text.isascii() and text.isprintable():  # most are plain
        return text
    unstacked = _STACKED.sub(lambda match: f"{match[1]}({len(match[2])} more marks)", clip(text, limit))
    return _UNSAFE.sub(_notation, unstacked)


def _notation(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode()


def html_text(text: str, limit: int = VIEW_LIMIT) -> str:
    """For HTML, between tags and within a quoted attribute."""
    return html.escape(visible(text, limit), quote=True)


_MARKUP = re.compile(r"([\\`*_\[\]|~$])")
_MENTION = re.compile(r"(?<!\w)@(?=\w)")


def markdown_text(text: str, limit: int = VIEW_LIMIT) -> str:
    """For a Markdown paragraph or table cell: no markup, raw HTML, link, mention or further cell comes of it."""
    plain = html.escape(visible(text, limit), quote=False)
    marked = _MARKUP.sub(r"\\\1", plain).replace("://", ":\\/\\/").replace("www.", "www\\.")
    return _MENTION.sub("@\u2060", marked)  # a word joiner: GitHub takes it for no user name


_PIPE = re.compile(r"(\\*)\|")  # backslashes before a pipe count: an even number would leave it a cell's end


def markdown_code(text: str, limit: int = VIEW_LIMIT) -> str:
    """For a Markdown table cell, as a code span whose fence is longer than any in the text."""
    plain = _PIPE.sub(r"\1\1\|", visible(text, limit))
    longest = max((len(run) for run in re.findall("`+", plain)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if not plain.strip() or plain[0] in "` " or plain[-1] in "` \\" else ""
    return f"{fence}{pad}{plain}{pad}{fence}"


def markdown_prose(text: str, limit: int = VIEW_LIMIT) -> str:
    """As `markdown_text`; what stands between backticks, as commands do, becomes a code span."""
    parts = clip(text, limit).split("`")
    if len(parts) % 2 == 0 or "" in parts[1:-1]:
        return markdown_text(text, limit)
    spans = (
        markdown_code(part, limit) if place % 2 else markdown_text(part, limit) for place, part in enumerate(parts)
    )
    return "".join(spans)


_LOGGING = re.compile(r"##(?=\w*\[)")
_COMMAND = re.compile(r"^((?:\x1b\[[\d;]*m|\s)*)::", re.MULTILINE)


def terminal_text(text: str, limit: int = VIEW_LIMIT) -> str:
    """For a terminal or a CI log: no escape sequence, and no logging command of a CI system within it."""
    return inert(visible(text, limit))


def console_lines(text: str) -> str:
    """What code of others printed, for a terminal or a CI log: line by line as `terminal_text`."""
    lines = text.replace("\r\n", "\n").expandtabs().split("\n")
    return "\n".join(terminal_text(line, DATA_LIMIT) for line in lines)


def inert(text: str) -> str:
    """Lines of which no CI system takes one for a command (`::error`, `##vso[`, `##teamcity[`), wherever wrapped."""
    return _COMMAND.sub(r"\1: :", _LOGGING.sub("# #", text))


def json_text(text: str) -> str:
    """For JSON: lone surrogates, which strict readers refuse, in visible notation; cut only where it is huge."""
    return text if text.isascii() and len(text) <= DATA_LIMIT else _LONE.sub(_notation, clip(text, DATA_LIMIT))


def json_dump(value: Any, indent: int | None = None) -> str:
    """JSON of a plain value, compact without `indent`; keys and strings are cleaned.

    Its raw bytes are harmless on a terminal.
    """
    raw = _dumped(value)
    if not _holds_plain_texts(raw):
        raw = _dumped(_plain(value))
    if indent is not None:  # json indents in Python, ten times slower
        raw = msgspec.json.format(raw, indent=indent)
    if raw.isascii() and "\x7f" not in raw:
        return raw
    raw = raw.replace("\x7f", "\\u007f")
    if len(raw.encode()) - len(raw) > len(raw) // _OFTEN:
        return _RAW.sub(_json_escape, raw)
    # an error handler is called for the few characters that are not ASCII; a pattern looks at all
    return raw.encode("ascii", _NOT_ASCII).decode()


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _holds_plain_texts(raw: str) -> bool:
    """True where `json_text` would leave each text as it is: to ask it for each takes ten times as long."""
    try:
        raw.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return False
    return len(raw) <= DATA_LIMIT or ('\\"' not in raw and max(map(len, raw.split('"'))) <= DATA_LIMIT)


_RAW = re.compile(f"[\x80-\x9f{_HIDDEN}{_NO_CHARACTERS}]")  # outside of strings JSON holds ASCII only
_NOT_ASCII = "soc2test.json"
_OFTEN = 50
"""where one character of so many is not ASCII, calls for each cost more than a pattern"""


def _escaped(error: UnicodeError) -> tuple[bytes, int]:
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101  # nothing else encodes with it
    found = error.object[error.start : error.end]
    return _RAW.sub(_json_escape, found).encode(), error.end


codecs.register_error(_NOT_ASCII, _escaped)


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return json_text(value)
    if isinstance(value, dict):
        return {json_text(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
