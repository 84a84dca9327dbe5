"""Owner and class of data, by the tags or labels of a resource."""

from typing import Any

from soc2test import Item, Unknown, UnknownFact, or_unknown, text

__all__ = ["labelled"]

_PLACES = ("tags_all", "tags", "effective_labels", "terraform_labels", "labels", "user_labels")
"""Where providers keep them; the first of each sort has those that the provider's own block adds."""
_CLASS = ("classification", "data-classification", "data_classification", "dataclassification")


def labelled(values: Item) -> dict[str, Any]:
    """The facts `classification` and `owner`."""
    return {
        "classification": or_unknown(lambda: _label(values, *_CLASS)),
        "owner": or_unknown(lambda: _label(values, "owner")),
    }


def _label(values: Item, *names: str) -> str | None:
    """The first that is there, whatever its case; unknown where some are known only after apply, and it is not yet."""
    unsure: Unknown | None = None
    for place in _PLACES:
        found = values.or_else(place, None)
        if isinstance(found, Unknown):
            unsure = found
        elif isinstance(found, Item):
            for key, value in found.items():
                if key.casefold() in names and text(value).strip():
                    return text(value).strip()
    if unsure is not None:
        raise UnknownFact(names[0], unsure.reason)
    return None
