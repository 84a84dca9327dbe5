"""Whether the words for a fix name one: that a risk was accepted, nothing was done, or it is yet to come, is none."""

import re

from soc2test import is_put_off, says_no

__all__ = ["names_no_fix", "says_not_yet"]

_WORDS = re.compile(r"[^\W\d_]+")
_PART = re.compile(r"[,;:.!?()\[\]\n]+(?!\d)|\s[\u2013\u2014-]\s")
_DATE = re.compile(r"\b\d{4}-\d\d?-\d\d?\b|\b\d{1,2}[./]\d{1,2}[./](?:\d{2}|\d{4})\b")
_NOTHING_DONE = frozenset(
    (
        "accept", "acceptable", "accepted", "acceptance", "accepting", "tolerate", "tolerated", "defer", "deferred",
        "postponed", "ignored", "waived", "wontfix", "won", "not", "no", "none", "nothing", "never", "without", "na",
        "unchanged", "unfixed", "closed",
        # it is said to be no finding, or not this one
        "false", "duplicate", "stale", "obsolete", "outdated", "exception", "exempted", "designed", "intended",
        "invalid", "informational", "disputed", "dismissed", "rejected", "withdrawn", "reproduce", "reproduced",
        "reproducible", "cannot",
        # what was done was taken back
        "reverted", "reopened", "vulnerable", "exploitable",
        "handlungsbedarf", "restrisiko", "risikoakzeptanz", "akzeptiert", "fehlalarm", "duplikat",
        "zur\u00fcckgestellt", "kein", "keine", "keinen", "nicht", "nichts", "aucune", "aucun", "rien", "accept\u00e9",
        "aceptado", "falso", "faux", "ninguna", "nada",
    )
)  # fmt: skip
"""Words that say that nothing was done, where no word beside them says what was."""
_CLAIMED = frozenset(
    (
        "fixed", "done", "resolved", "mitigated", "remediated", "addressed", "completed", "complete", "corrected",
        "solved", "finished", "implemented", "verified", "tested", "retested", "ok", "okay", "yes", "closed",
        "behoben", "erledigt", "gel\u00f6st", "umgesetzt", "geschlossen", "ja", "corrig\u00e9", "r\u00e9solu",
        "corregido", "resuelto", "hecho",
    )
)  # fmt: skip
"""Words that say that something was done, and not what."""
_BESIDE_A_CLAIM = frozenset(
    (
        "a", "all", "already", "and", "are", "as", "been", "by", "ceo", "ciso", "cto", "finding", "fix", "formally",
        "fully", "has", "have", "is", "issue", "it", "long", "management", "now", "of", "on", "our", "owner", "since",
        "successfully", "team", "the", "this", "us", "vendor", "was", "we", "weakness", "were", "in", "time",
        "ist", "wurde", "vom",
    )
)  # fmt: skip
_BESIDE = frozenset(
    (
        "a", "an", "and", "any", "are", "as", "at", "be", "been", "by", "for", "further", "has", "have", "in", "is",
        "it", "its", "of", "on", "our", "the", "this", "that", "to", "t", "until", "us", "was", "we", "were", "will",
        "with", "n", "action", "actions", "board", "business", "can", "cause", "ceo", "cfo", "change", "changed",
        "changes", "ciso", "cost", "costs", "cto", "decision", "do", "done", "finding", "fix", "fixed", "formally",
        "fully", "granted", "approved", "issue", "known", "low", "made", "management", "measure", "measures", "needed",
        "necessary", "next", "notice", "now", "out", "owner", "part", "positive", "reason", "reasons", "remediation",
        "required", "residual", "review", "risk", "risks", "signed", "successfully", "taken", "team", "vendor", "work",
        "working", "works", "year",
        "akzeptiert", "das", "der", "die", "durch", "erforderlich", "est", "gesch\u00e4ftsf\u00fchrung", "ist",
        "ma\u00dfnahme", "ma\u00dfnahmen", "mehr", "notwendig", "risiko", "risque", "riesgo", "positif", "positivo",
        "acci\u00f3n", "requise", "wird", "wurde",
    )
)  # fmt: skip
"""Words that may stand beside them and name no work either."""
_UNDONE = frozenset(("reverted", "reopened", "rolled", "open", "vulnerable", "exploitable", "unfixed"))
_BESIDE_UNDONE = frozenset(
    ("again", "and", "back", "been", "fix", "finding", "has", "is", "it", "later", "now", "on", "re", "since", "still",
     "the", "then", "was", "weakness")
)  # fmt: skip
"""Words of a part by which a fix that is named beside it holds no more."""
_EXCUSED = frozenset(
    ("documentation", "documented", "docs", "document", "wiki", "readme", "runbook", "updated", "amended", "noted",
     "recorded", "vendor", "supplier", "provider", "upstream", "problem", "bug", "limitation", "code", "system")
)  # fmt: skip
"""Words that may name work, but for where all that stands beside them says that nothing was done."""
_ELSEWHERE = re.compile(
    r"(?:is |it is |was )?(?:(?:out of|not in) (?:the )?scope|by design|(?:a |the )?vendor'?s? (?:issue|problem|bug)"
    r"|works as expected|"
    r"(?:(?:a )?duplicate of|(?:the )?same as|see|superseded by|merged into|moved to|tracked (?:in|as|by|under)|cf)"
    r" (?:the )?(?:(?:finding|issue|ticket|risk|case) )?\S+)"
)
"""What says that it is nobody's here, or points to another row, instead of saying what was done."""
_YET_TO_COME = frozenset(
    (
        "backlog", "bandwidth", "begun", "busy", "capacity", "deferred", "later", "pending", "planned", "postponed",
        "progress", "resources", "scheduled", "soon", "started", "time", "todo",
    )
)  # fmt: skip
"""Words that say that a weakness stays until somebody gets to it, where no word beside them says anything else."""
_BESIDE_THEM = (_BESIDE - {"low", "residual", "risk", "risks"}) | {
    "enough", "fixing", "moment", "no", "not", "patch", "patching", "right", "team", "update", "upgrade", "work", "yet",
}  # fmt: skip
"""Words that may stand beside those; that a risk is low is another reason."""


def says_not_yet(text: str) -> bool:
    """True where all words of a reason say that a fix has begun, is planned, or that nobody has the time for it.

    A reason that says anything else beside it, or says it in another language, is read by people.
    """
    words = _WORDS.findall(text.casefold())
    says_so = any(word in _YET_TO_COME for word in words)
    return is_put_off(text) or (says_so and all(word in _YET_TO_COME or word in _BESIDE_THEM for word in words))


def names_no_fix(text: str) -> bool:
    """True where a text names no work: nothing was done, it was taken back, is yet to be, or only that it was done.

    That a risk was accepted, a finding was none, or another one's, is no work either, and "fixed" does not say what
    was. A text that says anything else beside it is taken for a fix, and so is one that names a version or a change
    (`Fixed by #412`): it is read by people.
    """
    plain = _DATE.sub(" ", text.casefold())
    parts = [part for part in _PART.split(plain) if _WORDS.search(part)]
    if any(_takes_back(part) for part in parts):
        return True
    if parts and all(_says_nothing(part) for part in parts):
        return True
    if any(_names_nothing(part) for part in parts) and all(_says_nothing(part) or _excuses(part) for part in parts):
        return True
    return _all_of(plain, _NOTHING_DONE, _BESIDE) or says_not_yet(text)


def _says_nothing(part: str) -> bool:
    points_elsewhere = _ELSEWHERE.fullmatch(part.strip()) is not None
    only_claims = not re.search(r"\d", part) and _all_of(part, _CLAIMED, _BESIDE_A_CLAIM)
    return points_elsewhere or only_claims or says_no(part) or _all_of(part, _NOTHING_DONE, _BESIDE)


def _takes_back(part: str) -> bool:
    """Also of a fix that another part names."""
    words = _WORDS.findall(part)
    open_again = "open" not in words or "again" in words or "still" in words
    rolled_back = "rolled" not in words or "back" in words
    return open_again and rolled_back and _all_of(part, _UNDONE, _BESIDE_UNDONE)


def _names_nothing(part: str) -> bool:
    return _says_nothing(part) or any(word in _NOTHING_DONE for word in _WORDS.findall(part))


def _excuses(part: str) -> bool:
    words = _WORDS.findall(part)
    return all(word in _EXCUSED or word in _BESIDE or word in _NOTHING_DONE for word in words)


def _all_of(text: str, saying: frozenset[str], beside: frozenset[str]) -> bool:
    """One of its words says so, and none of them says anything else."""
    words = _WORDS.findall(text)
    return any(word in saying for word in words) and all(word in saying or word in beside for word in words)
