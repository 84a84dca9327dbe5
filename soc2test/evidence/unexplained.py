"""Texts that say of a cause only that nobody knows it: "under investigation", "could not be determined".

They end a sentence there. What goes on ("could not be determined by the old parser") says something after all.
"""

import re

__all__ = ["explains_nothing", "without_subject"]

_LONGEST = 100
_SUBJECT = (
    r"(?:(?:the|its|a|any) )?(?:(?:exact|actual|true|real|underlying|specific|definite|clear) )*"
    r"(?:root[ -]?causes?|causes?|reasons?|origin|ursache|grund)"
)
_FOUND_OUT = (
    r"(?:known|clear|certain|determined|established|identified|found|explained|understood|ascertained|reproduced|pinpointed"
    r"|concluded|clarified)"
)
_IS = r"(?:is|was|are|were|has|have|had|been|be|remains?|remained|still|currently|yet|so far|as yet)"
_NOT_FOUND_OUT = (
    rf"(?:un(?:known|clear|certain|determined|identified|explained)|not (?:{_IS} )*{_FOUND_OUT}"
    rf"|(?:(?:could|can|was|is|has) ?not|(?:could|can|was|is|has)n['\u2019]?t|can['\u2019]t) (?:{_IS} )*"
    rf"(?:(?:conclusively|definitively|clearly|fully|finally) )?{_FOUND_OUT})"
)
_GOES_ON = (
    r"(?:(?:being|we are) (?:investigated|investigating|analy[sz]ed|analy[sz]ing|looked into|looking into (?:it|this))"
    r"|(?:under|in|pending|awaiting) (?:(?:active|ongoing|internal|further|current|our) )*"
    r"(?:investigations?|analysis|review|examination|untersuchung|klärung)"
    r"|investigating|looking into (?:it|this)"
    r"|(?:the )?(?:investigation|analysis|untersuchung) (?:(?:is|still) )*"
    r"(?:ongoing|pending|open|running|in progress|under ?way|continu(?:es|ing)|to follow|läuft(?: noch)?))"
)
_NONE = rf"no (?:{_SUBJECT})(?: (?:{_IS}|could))*(?: {_FOUND_OUT})?"
_TAIL = (
    r"(?: (?:yet|so far|still|at (?:this|the|present)(?: (?:time|moment|point|stage|point in time))?|as yet|as of now"
    r"|as of today|for now|currently|now|today|noch))*"
)
_FOREIGN = (
    r"(?:konnte )?nicht (?:ermittelt|gefunden|geklärt|festgestellt|feststellbar|ermittelbar)(?: werden)?"
    r"|wird(?: noch)? untersucht|(?:noch )?(?:unbekannt|unklar)|en cours d['\u2019](?:analyse|investigation|enquête)"
    r"|indéterminée?|inconnue|en investigación|no determinad[ao]|desconocida|in corso di (?:analisi|verifica)"
    r"|in onderzoek|niet gevonden"
)
_EXPLAINS_NOTHING = re.compile(
    rf"(?:{_SUBJECT} )?(?:{_IS} )*(?:{_NOT_FOUND_OUT}|{_GOES_ON}|{_FOREIGN}){_TAIL}|{_NONE}{_TAIL}", re.IGNORECASE
)
_BEFORE = re.compile(rf"{_SUBJECT}\s*(?:[:=]|\s-)\s*(?P<rest>.+)", re.IGNORECASE | re.DOTALL)


def explains_nothing(text: str) -> bool:
    """True for a text that says no more than that something is not known, or is looked into."""
    if len(text) > _LONGEST or " " not in text:  # a single word may mean something in a sentence: it is in no phrase
        return False
    plain = " ".join(text.strip(" .,;:!?()[]").replace("-", " ").split())
    return _EXPLAINS_NOTHING.fullmatch(plain) is not None


def without_subject(text: str) -> str | None:
    """What stands after "root cause:" in a text that begins with it; None where it does not."""
    before = _BEFORE.fullmatch(text.strip())
    return None if before is None else before["rest"]
