"""What data of people is called, in records of processing and in databases."""

import re

__all__ = ["sounds_personal", "sounds_sensitive"]

_SENSITIVE = (
    "health", "medical", "disab", "religio", "belief", "ethnic", "racial", "political", "union", "biometric",
    "genetic", "sexual", "crimin",
)  # fmt: skip
"""Parts of words by which categories that the law protects more are called."""
_PERSONAL = re.compile(
    r"(^|_)(e?mail|phone|mobile|tel|telephone|fax|first_?name|last_?name|full_?name|middle_?name|given_?name|maiden_?name"
    r"|family_?name|nick_?name|user_?name|(?:customer|contact|person|employee|member|guest|patient|holder|owner)_?name"
    r"|surname|birth\w*|dob|address|street|zip_?code|post_?code|postal_?code|plz|iban|ssn|passport|tax_?id|vat_?id"
    r"|national_?id|id_?card|identity_?card|card_?number|credit_?card|nationality|citizenship|gender|sex|marital\w*|salary"
    r"|salaries|wages?|income|health|diagnos\w*|symptoms?|medication|religion|photo|avatar|ip|ip_?addr\w*|latitude"
    r"|longitude|device_?id|user_?agent)($|_)|(^|_)zip$"
)
"""Names of columns that hold data of people almost everywhere."""
_SWITCHED_OFF = "disabled"
"""As columns are called that say whether something is on."""


def sounds_sensitive(text: str) -> bool:
    """True where a category is called as data is that the law protects more."""
    name = text.casefold()
    return any(part in name for part in _SENSITIVE)


def sounds_personal(column: str) -> bool:
    """True where a column is called as data of people is, or as data that the law protects more."""
    name = column.casefold()
    return _PERSONAL.search(name) is not None or sounds_sensitive(name.replace(_SWITCHED_OFF, ""))
