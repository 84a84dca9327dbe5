"""OpenLineage's kind: a flow as its events tell it."""

from soc2test import ObservedFlow

__all__ = ["LineageFlow"]


class LineageFlow(ObservedFlow, frozen=True, gc=False, kw_only=True):
    """What one job moved from one data source to another, over all runs that the events tell of."""

    reads_from: str | None
    """the data source that it read, as the events name it ("s3://acme-raw"); None: they name none"""
    writes_to: str | None
    """the data source that it wrote; None: they name none"""
