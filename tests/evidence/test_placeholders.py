"""What people write where they have nothing to write is no content, however they write it; real content is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test import is_placeholder
from soc2test.evidence.placeholders import _LAZY, _WORDS, is_filler

ERRORS = (
    "#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#ERROR!",
    "#BUSY!", "#CONNECT!", "#BLOCKED!", "#GETTING_DATA", "Err:508", "err:502", "#BEZUG!", "#NV", "#WERT!", "#NOM ?",
    "#¡REF!", "#¿NOMBRE?", "#N/D", "########",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        *ERRORS, "TBD", "tba", "ToDo", "to do", "N/A", "n.a.", "n/a", "N / A", "NA", "none", "None.", "null", "nil", "-", "--", "\u2014",
        "?", "??", "x", "xxx", "XX", "...", "\u2026", "to be defined", "To be determined", "<owner>", "[TBD]", "(none)", "'n/a'",
        "unknown", "not applicable", "", "   ", "\u00a0", "=Sheet1!A2", "=VLOOKUP(A2;B:C;2)", "ann@example.com",
        "Ben@mail.example.org", "tbd@acme.example", "not.applicable@acme.example", "T.B.D.@acme.example", "*", "\u2713",
    ],
)  # fmt: skip
def test_a_placeholder_is_no_content(text: str) -> None:
    assert is_placeholder(text)
    assert is_placeholder(f"  {text} ")


@pytest.mark.parametrize(
    "text",
    [
        "Ann Nilsson", "board", "ann@acme.example", "na@acme.example", "x@acme.example", "none-such@acme.example", "2.1", "0", "1",
        "POL-01", "C02AB1001", "xenon", "x86 build host", "Ref", "#12", "A", "N", "Tobias", "example.com outage",
        "ann@example.company.test", "Board of directors (2026-02-02)", "Nothing was found", "a = b",
    ],
)  # fmt: skip
def test_content_is_none(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "\uff34\uff22\uff24", "\uff0d", "\u0442bd", "\u0422\u0412D", "\u03a4\u0392D", "N\u0391", "T\u200bBD", "TBD by legal",
        "tbd (ask Grace)", "n/a yet", "#N/A N/A", "TBC: legal", "tba next week", "todo ask Grace", "TODO - legal", "N/A, none",
        "still TBD", "k.A.", "K. A.", "n.n.", "N.N.", "offen", "noch offen", "Folgt", "s.o.", "siehe oben", "wird nachgereicht",
        "noch zu kl\u00e4ren", "por definir", "pendiente", "\u00e0 d\u00e9finir", "a\u0300 de\u0301finir", "a definir", "da definire", "\u4e0d\u660e",
        "\u672a\u5b9a", "\u043d\u0435\u0442", "\u041d\u0415\u0422", "later", "see above", "Same as above", "ditto", "not known yet",
        "Pending", "asdf", "qwerty", "QWERTZ", "asdfasdf", "asdasd", "asdf jkl;", "aaaa", "test", "see hr", "See HR.",
        "asdf@acme.example", "still to be defined",
    ],
)  # fmt: skip
def test_what_puts_it_off_is_no_content(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "Test environment", "Penetration test", "Na Li", "NN", "Ka", "So", "TBC Bank", "TBA-01", "TBD-1042", "N.A. Rao",
        "Todo el personal", "todo el personal", "Wert", "AAA", "Azer", "Later Stage Ventures", "Pending approvals were lost",
        "see INC-4 in the postmortem", "Ask Hansen", "Offenbach", "Testa", "tbd.legal@acme.example", "test@acme.example",
        "\u041d\u0430\u0442\u0430\u0448\u0430 \u041f\u0435\u0442\u0440\u043e\u0432\u0430", "\u039d\u03af\u03ba\u03bf\u03c2", "\u672a\u6765\u79d1\u6280", "\uff21\uff43\uff4d\uff45", "Tobe", "asd", "Qwest",
        "N/A for the API; of the web application the certificate had not been renewed",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_content(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("word", "filler"), [("TBD", True), ("asdf", True), ("later", False), ("Test", False), ("why", False)]
)
def test_words_that_put_it_off_mean_something_in_a_sentence(word: str, filler: bool) -> None:
    assert is_filler(word) is filler


ALL_WORDS = """tbd, tba, tbc, todo, fixme, n/a, not applicable, not available, not known, unknown, none, null, nil, nan,
undefined, unassigned, not set, placeholder, dummy, change me, fill me, fill in, lorem ipsum, your name, name here, nvt, entfällt,
keine, later, coming soon, pending, still pending, awaiting, wip, work in progress, in progress, not yet, not yet known,
not known yet, not yet decided, not decided yet, not yet defined, dont know, i dont know, no idea, someone, somebody, whatever,
see above, see below, as above, same as above, same above, ditto, idem, test, blabla, foobar, offen, noch offen, folgt, folgt noch,
folgt später, später, wird nachgereicht, wird noch nachgereicht, wird ergänzt, wird noch ergänzt, zu klären, noch zu klären,
wird geklärt, wird noch geklärt, in klärung, unklar, noch unklar, in arbeit, ausstehend, unbekannt, nicht bekannt,
noch nicht bekannt, keine angabe, keine angaben, nicht zutreffend, nicht anwendbar, siehe oben, siehe unten, à définir, a définir,
a definir, à déterminer, à préciser, à compléter, en attente, inconnu, non applicable, sans objet, voir ci-dessus, por definir,
por determinar, pendiente, desconocido, no aplica, sin definir, ver arriba, pendente, desconhecido, não aplicável, nao aplicavel,
ver acima, da definire, da determinare, in sospeso, sconosciuto, non applicabile, vedi sopra, ntb, nog te bepalen, nader te bepalen,
volgt, onbekend, zie hierboven, нет, нд, неизвестно, позже, уточняется, см выше, 不明, 未定, 未知, 待定, 待确认, 无, 無, 暂无, 不适用,
なし, 該当なし, 미정, 없음, 해당없음"""


@pytest.mark.parametrize("text", ALL_WORDS.replace("\n", " ").split(", "))
def test_each_word_that_puts_it_off_is_no_content(text: str) -> None:
    assert is_placeholder(text)
    assert is_placeholder(text.replace(" ", "-"))
    assert is_placeholder(text.replace(" ", ""))


@given(
    word=st.sampled_from(sorted(_WORDS | _LAZY)),
    around=st.text(" .([<'\"", max_size=3),
    upper=st.lists(st.booleans(), min_size=20, max_size=20),
)
def test_case_and_signs_around_make_no_difference(word: str, around: str, upper: list[bool]) -> None:
    cased = "".join(sign.upper() if up else sign for sign, up in zip(word, upper, strict=False))
    assert is_placeholder(around + cased + around)


@pytest.mark.parametrize(
    "text",
    [
        "s.u.", "s. u.", "S. O.", "siehe Ticket", "see ticket", "See the ticket.", "see ticket #", "cf. ticket", "cf. supra",
        "voir ticket", "voir le ticket", "ver ticket", "vedi ticket", "zie ticket", "vgl. Ticket", "s. Ticket", "s.Ticket",
        "siehe Protokoll im Anhang", "see jira ticket", "please see the attached document", "refer to the incident report",
        "see postmortem", "documented in Jira", "see ticket for details", "siehe Jira-Ticket", "as per ticket", "voir ci-joint",
        "voir la fiche", "ver el informe", "see e-mail", "\u0441\u043c. \u0442\u0438\u043a\u0435\u0442", "see details in ticket",
        "s\u0435\u0435 ticket",
    ],
)  # fmt: skip
def test_what_points_nowhere_is_no_content(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "see INC-12", "see ticket 4711", "see ticket #88", "https://tickets.acme.example/1", "siehe Ticket ACME-4",
        "see https://tickets.acme.example/1", "see documents/incidents/INC-1.txt", "Ticket Master", "Seeticket GmbH", "Verticket",
        "See report of the penetration test", "see ticket queue overflow", "Su", "S Oliver", "s. Oliver", "check valve failed",
        "Documentation was wrong", "log files filled the disk", "See the customer's network logs", "V. I. Rao", "Per Link",
        "ver 2.1", "See AG", "Confluence", "in Confluence", "the ticket queue was not watched",
    ],
)  # fmt: skip
def test_what_points_somewhere_is_content(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "Under investigation", "under investigation.", "Still under investigation", "Root cause: under investigation",
        "The root cause is under investigation", "to be investigated", "To be established", "could not be determined",
        "Could not be determined at this time", "The cause could not be determined", "cause couldn't be found",
        "cannot be determined", "can't be identified", "unknown at this time", "Unknown yet", "Unknown so far",
        "currently unknown", "Cause not found", "Root cause not found", "root cause not yet identified",
        "cause unknown", "Cause: unknown", "Root cause: TBD", "root cause - n/a", "Root-cause unknown", "unclear",
        "Still unclear", "not clear", "not yet clear", "undetermined", "No root cause found",
        "no root cause was identified", "No cause could be found", "no root cause", "investigation ongoing",
        "Investigation is still ongoing", "investigating", "being investigated", "we are investigating",
        "Still investigating", "pending investigation", "awaiting analysis", "inconclusive", "in Untersuchung",
        "wird noch untersucht", "Ursache unbekannt", "Ursache unklar", "konnte nicht ermittelt werden",
        "Ursache nicht gefunden", "cause inconnue", "en cours d'analyse", "not determined", "not known at this time",
        "not known", "has not been determined", "was not determined", "root cause has not been found yet",
        "The exact cause is not known", "Not reproduced", "could not be reproduced", "under internal review",
    ],
)  # fmt: skip
def test_what_says_that_nobody_knows_a_cause_is_no_cause(text: str) -> None:
    assert is_placeholder(text)
    assert is_placeholder(f"({text.upper()})")


@pytest.mark.parametrize(
    "text",
    [
        "Cause not found in the first review: a rotated log hid it", "Under investigation law the logs were sealed",
        "The cause of the outage was an unknown field in the schema", "Unclear ownership of the DNS zone",
        "Not known to the engineer on call", "Investigation of INC-3 showed a full disk",
        "could not be determined by the old parser", "Unknown device on the network", "No cause for concern",
        "Not found errors (404) after the release", "To be found in INC-12", "Reason: the certificate ran out",
        "Root cause: a full disk", "Root cause analysis was not done before", "cause", "Nothing was found",
        "Unknown sender domain", "Unidentified Ltd", "A cause", "The root cause is a missing index",
        "Investigations Inc", "Reviewed", "Under review of the vendor a flag was flipped",
        "Unknown at the time of the release: the table was locked", "No reason to believe that it was abused",
        "not identified as spam", "In review the change was not tried", "Clear Reason GmbH", "Grund AG",
        "Certainly a disk",
    ],
)  # fmt: skip
def test_what_only_contains_such_words_is_content(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize("word", ["unclear", "undetermined", "investigating", "Uncertain", "not", "found", "cause"])
def test_such_a_word_means_something_in_a_sentence(word: str) -> None:
    assert not is_filler(word)
