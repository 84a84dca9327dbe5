"""Where a store's data goes and what reads it, in words; whoever shows them escapes them."""

from soc2test.run import DataMap, Destination, Reader

__all__ = ["NOT_TOLD", "destination_text", "flow_notes", "reader_text"]

NOT_TOLD = "not told"
"""Where no source tells of a flow or of a reader: that is not to say that there is none."""


def destination_text(place: Destination) -> str:
    """A place to which data goes, and how it is held there."""
    name = place.place or "a place that is not told"
    return f"{name} ({_held(place)})"


def _held(place: Destination) -> str:
    if place.held == "vendor":
        return f"at the vendor {place.vendor}"
    if place.held == "weaker":
        return "no label" if place.label is None else f"labelled {place.label}, which is weaker"
    if place.held == "alike":
        return f"labelled {place.label}"
    return "how it is held there is not known"


def reader_text(reader: Reader) -> str:
    """What reads, and who answers for it."""
    name = reader.job or "people"
    return f"{name} of {', '.join(reader.owners)}" if reader.owners else name


def flow_notes(data: DataMap) -> list[str]:
    """What is not known of the flows of all stores together, in sentences; nothing where no store is listed."""
    if not data.stores:
        return []
    notes = ["Which accounts may read a store is told by none of the flows."]
    if data.flows_lack:
        notes.append(f"These may not be all flows: {data.flows_lack[0]}.")
    if data.astray:
        notes.append(f"Of {data.astray} flows it is not known where they come from: of any of these stores.")
    return notes
