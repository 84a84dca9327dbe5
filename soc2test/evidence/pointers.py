"""Texts that only point elsewhere, without saying where: "see ticket", "siehe Protokoll", "cf. rapport".

With an id, a number, a name of a file or a link they lead somewhere, and are content: "see INC-12".
"""

import re

__all__ = ["points_nowhere"]

_LONGEST = 100
_VERBS = "|".join(
    (
        "see", "cf\\.?", "cfr\\.?", "compare", "refer to", "look at", "look into", "as per", "according to",
        "described", "documented", "explained", "noted", "tracked", "siehe", "sh\\.", "s\\.", "vgl\\.?",
        "vergleiche", "laut", "lt\\.", "gemä(?:ß|ss)", "steht", "beschrieben", "voir", "vide", "ver", "véase", "vea",
        "consultar", "vedi", "vedere", "zie", "zobacz", "patrz", "см\\.?", "смотри",
    )
)  # fmt: skip
_SMALL_WORDS = "|".join(
    (
        "the", "our", "this", "that", "its", "same", "linked", "attached", "internal", "corresponding", "in", "im",
        "ins", "das", "den", "dem", "die", "der", "unser", "unsere", "unseren", "unserem", "angehängte[nms]?",
        "zugehörige[nms]?", "le", "la", "les", "dans", "du", "el", "los", "las", "en", "il", "lo", "nel", "nella",
        "het", "de", "o", "no", "na", "ao", "в",
    )
)  # fmt: skip
_THINGS = "|".join(
    (
        "tickets?", "jira", "linear", "issues?", "issue tracker", "trackers?", "servicenow", "zendesk", "pagerduty",
        "opsgenie", "incidents?", "incident reports?", "incident tickets?", "incidents? log", "post-?\\s?mortems?",
        "retro", "reports?", "documents?", "documentation", "docs?", "wiki", "confluence", "notion", "sharepoint",
        "slack", "teams", "details?", "e-?mails?", "threads?", "chats?", "channels?", "links?", "attachments?",
        "attached", "attach", "appendix", "annex", "minutes", "files?", "folder", "spreadsheets?", "sheets?",
        "register", "records?", "log", "vorgang", "meldung", "protokoll", "anhang", "anlage", "beilage", "bericht",
        "dokument", "dokumentation", "akte", "datei", "liste", "störungsmeldung", "rapport", "annexe", "fiche",
        "fichier", "pièce jointe", "compte[ -]rendu", "demande", "informe", "adjunto", "anexo", "archivo", "acta",
        "relatório", "chamado", "segnalazione", "allegato", "rapporto", "verbale", "bijlage", "melding", "verslag",
        "bestand", "тикет", "задачу", "задача", "заявку",
    )
)  # fmt: skip
_PLACES = "|".join(
    (
        "above", "below", "there", "elsewhere", "oben", "unten", "dort", "supra", "infra", "ci-?dessus",
        "ci-?dessous", "ci-?joint", "arriba", "abajo", "acima", "abaixo", "sopra", "sotto", "boven", "onder",
        "hierboven", "hieronder", "выше", "ниже",
    )
)  # fmt: skip
_TAILS = "|".join(
    (
        "for details?", "for more details?", "for info", "for more info", "for information", "for more information",
        "system", "tool", "no", "nr", "number", "id", "intern", "internal", "comments?", "notes?",
    )
)  # fmt: skip
_POINTS = re.compile(
    rf"(?:(?:please|pls|bitte) )?(?:also )?(?:{_VERBS})\s*(?<![^\W\d_])(?:(?:{_SMALL_WORDS})\s+|l['\u2019])*"
    rf"(?:(?:{_THINGS})(?:[\s-]+(?:(?:{_SMALL_WORDS})\s+)*(?:{_THINGS}))*|{_PLACES})(?: (?:{_TAILS}))*\W*",
    re.IGNORECASE,
)
_SHORT = re.compile(r"s\. ?[ou]\.?|v\. ?[si]\.|ibid\.?|loc\. ?cit\.?|a\. ?a\. ?o\.?|s/[ou]", re.IGNORECASE)
"""`s.o.`, `s.u.`: above, below. Without their dots they are names."""


def points_nowhere(text: str) -> bool:
    """True for a text that sends its reader to something of which it says neither id nor place."""
    if len(text) > _LONGEST:
        return False
    return _SHORT.fullmatch(text) is not None or _POINTS.fullmatch(text) is not None
