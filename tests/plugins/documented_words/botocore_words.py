"""AWS: the output shapes of botocore's service models."""

import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path as File
from typing import Any, NamedTuple

from documented_words.schema_node import Enumeration, Node

from soc2test.proving.words.paths import Entries, Step

__all__ = ["answer_of"]

_SERVICES = {"s3api": "s3", "configservice": "config"}
"""Services that the CLI calls otherwise than botocore."""


class _Shape(NamedTuple):
    model: Any
    name: str
    file: str

    def below(self, step: Step) -> Iterator[Node]:
        shape = self.model["shapes"][self.name]
        if isinstance(step, Entries):
            inner = shape.get("member")
        else:
            inner = shape.get("members", {}).get(step) or shape.get("value")
        if inner is not None:
            yield _Shape(self.model, inner["shape"], self.file)

    def enumeration(self) -> Enumeration | None:
        words = self.model["shapes"][self.name].get("enum")
        return Enumeration(tuple(words), self.file) if words else None


def answer_of(package: File, operation: str) -> list[Node]:
    """The answer of `ec2 describe-volumes`; nothing of a call that botocore does not know."""
    service, _, call = operation.partition(" ")
    model, file = _model(package, _SERVICES.get(service, service))
    if model is None:
        return []
    plain = call.replace("-", "")
    for name, described in model["operations"].items():
        if name.lower() == plain and "output" in described:
            return [_Shape(model, described["output"]["shape"], file)]
    return []


@cache
def _model(package: File, service: str) -> tuple[Any, str]:
    files = sorted((package / "botocore/data" / service).glob("*/service-2.json*"))
    if not files:
        return None, ""
    data = files[-1].read_bytes()
    text = gzip.decompress(data) if files[-1].suffix == ".gz" else data
    return json.loads(text), files[-1].relative_to(package).as_posix()
