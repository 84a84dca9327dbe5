"""`Looked`: what one snapshot shows by itself, before anything is known of the others."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from soc2test.evaluation.complete import Named
from soc2test.inventory.log_spans import LogSpan
from soc2test.period.observed import Key
from soc2test.period.out_then import OutThen
from soc2test.resources.resource import Resource
from soc2test.run import AgeLimit
from soc2test.verdicts import ControlResult

__all__ = ["Looked"]


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """The results of the controls over one snapshot, with what passed them by."""

    results: Mapping[str, ControlResult]
    """by the id of the control"""
    heard: Mapping[str, Sequence[Sequence[Resource]]]
    """control -> its members as they went by; of those that apply to all of a kind one list"""
    exempt: Mapping[str, Mapping[Key, Resource]]
    """control -> the members that are exempt, where there is any"""
    lacks: Mapping[str, Sequence[Named]]
    """control -> what a second source names that its population lacks, where there is any"""
    scopes: Mapping[str, Mapping[str, bool]]
    """control -> what soc2.yaml declares of the sources that list what it looks at, in words -> whether these list its
    own population"""
    outs: OutThen
    """what takes controls out"""
    older: Mapping[str, Sequence[AgeLimit]]
    """control -> the sources that it looks at whose evidence may be older than they allow, where there is any"""
    logs: Mapping[str, Mapping[str, LogSpan | None]]
    """of states that name what looks at changes: where each is listed, with the time of which logs tell"""
    taken: Mapping[str, tuple[datetime | None, bool]]
    """evidence id -> when the export was taken, and whether a system tells it"""
