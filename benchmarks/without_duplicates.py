"""A pytest plugin for the benchmark alone: reads streams without looking for duplicate keys, to tell what that costs."""

from typing import Any

import msgspec

from soc2test.evidence import json_fast

_decode = msgspec.json.Decoder().decode


def _line(parser: json_fast.Parser, data: bytes, number: int) -> Any:
    return _decode(data)


def _member(parser: json_fast.Parser, data: bytes) -> Any:
    return _decode(data)


json_fast.Parser.line = _line  # type: ignore[method-assign, assignment]
json_fast.Parser.member = _member  # type: ignore[method-assign, assignment]
