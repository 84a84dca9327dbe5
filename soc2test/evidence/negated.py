"""Texts that say only that what they were asked for is not there: "not checked", "nein", "it cannot be taken back".

They fill a key whose sentence tells what there is. One reading of them is shared by all that read such keys.
"""

import re

__all__ = ["says_no"]

_ALONE = (
    r"yes|no|y|n|ok|okay|true|false|nope|never|not|nothing|nowhere|no ?one|not at all"
    r"|ja|nein|nö|nicht|nichts|nie|niemals|nirgends|nirgendwo|niemand|unmöglich|unwiderruflich"
    r"|oui|non|pas|rien|jamais|nulle part|aucune?|sí|si|nada|nunca|ningun[oa]|en ninguna parte"
    r"|nee|niet|niets|nergens|niente|mai|nessun[oa]|não|nao|nunca|nenhuma?"
    r"|(?:(?:a |the |your )?(?:consent|yes|choice|withdrawal) )?(?:is )?(?:quite |simply |technically )?"
    r"(?:impossible|unavailable|irrevocable|irreversible)"
)
_BEFORE = (
    r"(?:(?:it|this|that|they|he|she|we|there|has|have|had|is|was|were|are|been|be|did|does|do|could|yet|so far|really)"
    r"\s)*"
)
_DONE = (
    r"(?:[a-z-]+ed|told|given|made|done|held|kept|said|shown|sent|set|known|seen|found|written|taken|chosen|drawn|read"
    r"|withdrawn|undone|put|asked|looked|spoken|understood|begun)"
)
_DOING = (
    r"(?:(?:revoke|withdraw|undo|change|choose|refuse|decline|object|decide|opt (?:in|out)|say no"
    r"|take (?:(?:it|this|that|consent|a yes) )?back|take back)(?: (?:it|this|that|consent|a yes|your yes))?)"
)
_TAIL = (
    r"(?:\s(?:at|into|to|on|out|for|up|off|back|yet|so far|at all|here|anywhere|any ?more|later|afterwards|again"
    r"|once given|by (?:us|anybody|anyone|the user|users)))*"
)
_ABLE = r"(?:possible|available|applicable|necessary|foreseen|known|there|so)"
_NOT = rf"(?:not|never|(?:was|is|has|were|are|have)n['\u2019]?t)\s{_BEFORE}(?:{_DONE}|{_ABLE}){_TAIL}"
_NOBODY = rf"(?:nothing|none|nobody|no one|noone|nowhere)\s{_BEFORE}{_DONE}{_TAIL}"
_SUBJECT = (
    r"(?:(?:it|this|that|they|we|you|one|users?|people|customers?|nobody"
    r"|(?:a |the |your |their )?(?:consent|yes|choice))\s)?"
)
_CAN_NOT = (
    rf"{_SUBJECT}(?:can ?not|can['\u2019]?t|could not|couldn['\u2019]?t|may not|must not"
    rf"|(?:is|are) (?:not able|unable) to)\s(?:be\s(?:{_DONE}|available)|{_DOING}){_TAIL}"
)
_NOBODY_CAN = rf"(?:nobody|no one|noone)\s(?:can|may|could)\s(?:be\s{_DONE}|{_DOING}){_TAIL}"
_THINGS = (
    r"(?:clauses?|agreements?|notices?|reasons?|basis|grounds?|explanations?|checks?|comparisons?|quer(?:y|ies)|remed(?:y|ies)"
    r"|choices?|options?|alternatives?|consequences?|withdrawals?|ways?|means|possibilit(?:y|ies)|announcements?"
    r"|publications?|conclusions?|decisions?|contents?|texts?"
    r"|information|answers?|purposes?|tickets?|places?|address(?:es)?|authorit(?:y|ies)|analysis|assessments?|causes?"
    r"|root[ -]causes?|scenarios?)"
)
_THERE = rf"(?:\s(?:to (?:be {_DONE}|do (?:so|it|that)|{_DOING})|{_BEFORE}(?:{_DONE}|there|available|possible)))?"
_NO_SUCH = rf"(?:no|without(?: any| an?)?)\s(?:[a-z]+\s)?{_THINGS}{_THERE}{_TAIL}"
_ELSEWHERE = (
    r"(?:(?:wurde|ist|noch|wird|es|das|ein widerruf|kann|eine einwilligung|die einwilligung)\s)*nicht\s"
    r"(?:möglich|vorgesehen|(?:\w+(?:t|en)))(?:\s(?:worden|werden))?"
    r"|(?:es gibt\s)?kein\w*\s(?:vereinbart|angegeben|bekannt|auswahl|wahl|widerruf|möglichkeit|angabe|folgen)"
    r"|(?:ist |es ist )?(?:unmöglich|unwiderruflich)"
    r"|(?:nichts|niemand|nirgends|keine?s?)\s\w+(?:t|en)|(?:ce n'est )?pas\s(?:possible|\w+(?:é|ée|u|it))"
    r"|no\s(?:es posible|\w+(?:ado|ido|ada|ida))|(?:il n'y a )?aucun\w* (?:choix|moyen)|ningun[oa] opción"
)
_NO = re.compile(
    rf"{_BEFORE}(?:{_ALONE}|{_NOT}|{_NOBODY}|{_CAN_NOT}|{_NOBODY_CAN}|{_NO_SUCH}|{_ELSEWHERE})", re.IGNORECASE
)


def says_no(text: str) -> bool:
    """True for a text, or a first part of one, that says no more than yes, or that what was asked for is not there.

    A sentence that says anything else beside it is content, and so is one in words that are not known here: people
    read it.
    """
    plain = " ".join(text.replace("\u2019", "'").split())
    return _NO.fullmatch(plain) is not None
