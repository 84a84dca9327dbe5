"""Texts that say of what was asked for only that it is yet to come: "will be compared", "conclusion pending".

They fill a key whose sentence tells what was done. What has been done is told in another tense; what is planned for a
row beside it has a key of its own.
"""

import re

__all__ = ["is_put_off"]

_IS = r"(?:is|are|was|were|has|have|had|been|be|remains?|being|still|currently|yet|just|only|also)"
_THING = (
    r"(?:(?:the|its|our|a|an|any|full|final|formal|first|detailed|own) )*"
    r"(?:clauses?|agreements?|notices?|reasons?|basis|grounds?|explanations?|checks?|comparisons?|quer(?:y|ies)|fix(?:es)?"
    r"|remed(?:y|ies)|choices?|consequences?|announcements?|publications?|conclusions?|decisions?|contents?|texts?"
    r"|answers?|purposes?|tickets?|assessments?|anal[yv]s[ei]s|reviews?|causes?|root causes?|scenarios?|patch(?:es)?"
    r"|results?|actions?|measures?|work|it|this|that|details?|updates?|upgrades?)"
)
_DONE = (
    r"(?:compared|checked|agreed|written(?: up| down)?|added|filled in|announced|published|looked (?:at|into)|reviewed"
    r"|done|completed|finished|clarified|confirmed|concluded|assessed|analy[sz]ed|evaluated|set|drawn(?: up)?|reached"
    r"|told|provided|supplied|decided|defined|determined|documented|discussed|negotiated|made|found|investigated|fixed"
    r"|patched|updated|upgraded|repaired|mended|implemented|deployed|installed|rolled out|addressed|resolved|remediated"
    r"|put|placed|posted|uploaded|shared|tested|tried|verified|validated|examined|explained|named|given|shown|recorded|read|taken|scheduled|planned)"
)
_DOING = (
    r"(?:compare|check|agree|write|add|fill (?:it )?in|announce|publish|look (?:at|into)|review|do|complete|finish"
    r"|clarify|confirm|conclude|assess|analy[sz]e|evaluate|set|draw up|decide|define|determine|document|discuss"
    r"|negotiate|make|find|investigate|fix|patch|update|upgrade|repair|mend|implement|deploy|install|address|resolve|remediate"
    r"|put|place|post|upload|share|test|try|verify|validate|examine|explain|follow|come|happen|begin|start)"
)
_WHO = r"(?:we|i|they|he|she|somebody|someone|the team|it|legal|security|this|that)"
_WILL = (
    rf"(?:(?:{_THING} |{_WHO} )?(?:will|shall|is going to|are going to|is to|are to|have to|has to|must|needs? to"
    rf"|(?:{_IS} )*(?:still|yet|about|due|planned|scheduled|expected|meant|supposed|left) to|plans? to|intends? to)"
    rf" (?:then |soon |still |later )?(?:be (?:then |soon )?{_DONE}|{_DOING}(?: (?:it|this|that|them))?))"
)
_TAKEN_NOTE = (
    r"(?:(?:thank you|thanks|sorry)[^.;]*[.;,] )?(?:we|i) (?:have )?(?:received|got|registered|noted|taken note of)"
    r" (?:(?:your|the|this|their|a) )?\w+(?: \w+)?(?:,? and|[.;,]) (?:we |i )?"
)
_TO_BE = rf"(?:{_THING} )?(?:{_IS} )*to be {_DONE}"
_OPEN = (
    rf"(?:{_THING} )?(?:{_IS} )*(?:pending|outstanding|awaited|ongoing|in progress|in preparation|in the works"
    r"|under way|underway|in (?:the|our) backlog|on (?:the|our) (?:list|backlog|agenda|roadmap|todo list)"
    r"|to follow|to come|planned|scheduled|postponed|deferred|not (?:yet )?(?:finished|complete|final))"
)
_AWAITS = (
    r"(?:still |currently |we are )*(?:waiting|awaiting|pending)(?: for)?(?: (?:the|a|an|our|their|legal|internal"
    r"|final|vendor'?s?|formal|further|more))* (?:answers?|repl(?:y|ies)|responses?|reviews?|approvals?|decisions?"
    r"|confirmations?|analysis|assessments?|reports?|results?|feedback|input|fix|patch|release|capacity|budget|time|counsel|legal"
    r"|vendor|comparison|conclusion)(?: of .*)?"
)
_FOLLOWS = rf"{_THING} (?:follows?|comes?)(?: (?:later|soon|next))?"
_ELSEWHERE = (
    r"(?:wird|werden|muss|soll) (?:noch |dann |später )+(?:\w+(?:t|en))(?: werden)?"
    r"|(?:ist |sind |noch )*(?:geplant|ausstehend|in arbeit|offen)"
    r"|sera (?:\w+(?:é|ée|u|it))|se \w+ará|à faire|por hacer"
)
_WHEN = (
    r"(?:[ ,;:]+(?:by|until|till|in|on|for|with|within|at|next|this|after|before|once|when|as|from|during|later|soon"
    r"|shortly|then|tomorrow|today|now|still|yet|q[1-4]|bis|im|in|am|mit|nach|durch|lors|en)\b.*)?"
)
_PUT_OFF = re.compile(
    rf"(?:{_TAKEN_NOTE})?(?:{_WILL}|{_TO_BE}|{_OPEN}|{_AWAITS}|{_FOLLOWS}|{_ELSEWHERE}){_WHEN}",
    re.IGNORECASE | re.DOTALL,
)


def is_put_off(text: str) -> bool:
    """True for a text, or a first part of one, that says no more than that something is yet to be done, and till when.

    A text that has told anything before it ("compared with the list of files; the sums will be added") is content, and
    so is one in a language whose words are not known here: people read it.
    """
    spoken = text.replace("\u2019", "'").replace("'ll ", " will ").replace("-", " ")
    plain = " ".join(spoken.split()).strip(" .,;:!?()[]'\"")
    return _PUT_OFF.fullmatch(plain) is not None
