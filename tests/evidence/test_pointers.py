"""Texts that point elsewhere without an id: each word of the lists does, alone behind "see"; with an id none does."""

import pytest

from soc2test.evidence.pointers import points_nowhere


def words(text: str) -> list[str]:
    return text.split()


THINGS = words("""ticket tickets jira linear issue issues tracker servicenow zendesk pagerduty opsgenie incident incidents retro
post-mortem postmortems report reports document documents documentation doc docs wiki confluence notion sharepoint slack
teams detail details e-mail emails thread chat channels link attachment attachments attached attach appendix annex minutes
file files folder spreadsheet spreadsheets sheet register record records log vorgang meldung protokoll anhang anlage beilage
bericht dokument dokumentation akte datei liste störungsmeldung rapport annexe fiche fichier demande informe adjunto anexo
archivo acta relatório chamado segnalazione allegato rapporto verbale bijlage melding verslag bestand тикет задачу задача
заявку above below there elsewhere oben unten dort supra infra ci-dessus ci-dessous ci-joint arriba abajo acima abaixo sopra
sotto boven onder hierboven hieronder выше ниже""")
VERBS = words("""see cf cf. cfr cfr. compare described documented explained noted tracked siehe sh. s. vgl vgl. vergleiche laut lt.
gemäß steht beschrieben voir vide ver véase vea consultar vedi vedere zie zobacz patrz см см. смотри""")
SMALL = words("""the our this that its same linked attached internal corresponding in im ins das den dem die der unser unsere
unseren unserem angehängten angehängtem angehängtes zugehörigen le la les dans du el los las en il lo nel nella het de o no
na ao в""")
TAILS = ["for detail", "for details", "for more details", "for info", "for more info", "for information", "for more information",
    "system", "tool", "no", "nr", "number", "id", "intern", "internal", "comment", "comments", "note", "notes"]  # fmt: skip
POINTING = [
    *(f"see {thing}" for thing in THINGS), *(f"{verb} ticket" for verb in VERBS), *(f"see {word} ticket" for word in SMALL),
    *(f"see ticket {tail}" for tail in TAILS), "refer to wiki", "look at wiki", "look into wiki", "as per wiki",
    "according to wiki", "please see wiki", "pls also see wiki", "bitte siehe wiki", "voir l'annexe", "see issue tracker",
    "see incident report", "see incident ticket", "see incidents log", "see pièce jointe", "see compte-rendu", "see compte rendu",
    "see ticket - report", "see the ticket in the wiki", "gemäss wiki",
]  # fmt: skip
SHORT = ["s.o.", "s. u.", "v.s.", "v. i.", "ibid", "ibid.", "loc. cit.", "loc.cit", "a.a.O.", "a. a. o.", "s/o", "s/u"]
LEADING = [
    "see", "see ", "see.", "see the", "ticket", "the ticket", "seeing ticket", "s ticket", "see ticket 12", "see INC-12", "see ann",
    "see https://wiki.example/x", "see the ticket of ann", "see ticket" + " " * 91 + "x", "see ticket" + " " * 91, "so", "s u", "v i",
    "wiki, see ticket", "please ticket",
]  # fmt: skip


@pytest.mark.parametrize("text", POINTING)
def test_a_text_that_points_without_an_id_points_nowhere(text: str) -> None:
    assert points_nowhere(text)
    assert points_nowhere(f"{text.upper()} !")


@pytest.mark.parametrize("text", SHORT)
def test_short_forms_point_nowhere(text: str) -> None:
    assert points_nowhere(text)
    assert points_nowhere(text.upper())


@pytest.mark.parametrize("text", LEADING)
def test_what_says_more_or_does_not_point_is_content(text: str) -> None:
    assert not points_nowhere(text)


def test_the_longest_text_that_points_has_a_hundred_letters() -> None:
    assert points_nowhere("see ticket".ljust(100))
    assert not points_nowhere("see ticket".ljust(101))
