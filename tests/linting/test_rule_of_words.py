"""Rules `words` and `kept` of phrases: what no test can say stands in no title, reason or message."""

import pytest
from lint_case import Case

from soc2test.linting.words import ALLOWED, refused_words

CONTROL = '''
def _helped(device):
    return "{helped}" if device.name else ""

def _never_led_to(device):
    return "this is all certified and audited"

@control("OWN-1", criteria=["CC6.7"], nature="state", supports={{"C1.1": "{reason}"}})
def test_it(device: Device):
    """{title}

    {description}
    """
    assert device.disk_encrypted, f"{message} {{device.name}}"
    assert device.status == "{value}", "{single}"
    if (problem := _helped(device)):
        deviation(device, "{deviation}")
'''
GOOD = {
    "helped": "", "reason": "confidential data stays there", "title": "It holds.", "description": "CC6.7: nobody reads it.",
    "message": "is open:", "value": "in_use", "single": "idle", "deviation": "gone",
}  # fmt: skip


@pytest.mark.parametrize(
    "word",
    ["certified", "certifies", "Compliant", "non-compliant", "audited", "unaudited", "attested", "audit-ready", "assurance",
     "effective", "effectively", "ineffective", "ensures", "Ensure", "opinion", "opinions", "clean", "meets", "satisfies"],
)  # fmt: skip
def test_each_word_is_refused_whatever_its_case(word: str) -> None:
    assert [refused.word for refused in refused_words(f"it is {word}, as said")] == [word]


@pytest.mark.parametrize(
    "text",
    ["certificate", "compliance", "audit log", "auditor", "effective_date", "is_effective", "cleaned", "meeting", "satisfying",
     "opinionated", "90 % of the disk", "10 % deviate; see the criteria", "3 of 61 criteria"],
)  # fmt: skip
def test_other_words_are_not(text: str) -> None:
    assert list(refused_words(text)) == []


@pytest.mark.parametrize(
    "text",
    ["87 % of all criteria", "87% of the criteria are green", "criteria without deviations: 87.5 %", "{} % of criteria",
     "90 per cent of SOC 2"],
)  # fmt: skip
def test_a_percentage_of_criteria_is_refused(text: str) -> None:
    assert [refused.why for refused in refused_words(text)] == [
        "a percentage of criteria hides which ones are not tested; name them"
    ]


@pytest.mark.parametrize("allowed", ALLOWED, ids=lambda allowed: allowed.phrase)
def test_an_allowed_phrase_is_one_that_would_be_refused_and_has_a_reason(allowed: tuple[str, str]) -> None:
    phrase, reason = allowed
    assert list(refused_words(phrase)) == []
    assert list(refused_words(phrase.swapcase())) != []  # only as it stands
    assert len(reason.split()) > 4


def test_words_that_say_what_was_found_are_no_finding(case: Case) -> None:
    case.policy(CONTROL.format(**GOOD))
    assert case.found("words") == []


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("helped", 4),
        ("reason", 9),
        ("title", 11),
        ("description", 13),
        ("message", 15),
        ("single", 16),
        ("deviation", 18),
    ],
)
def test_a_refused_word_is_found_wherever_a_control_says_it(case: Case, where: str, line: int) -> None:
    case.policy(CONTROL.format(**{**GOOD, where: f"{GOOD[where]} is certified" if where != "single" else "certified"}))
    assert case.found("words") == [(f"policies/own.py:{line}", "OWN-1")]
    assert "says 'certified'" in case.text("words")


def test_a_value_of_the_vendor_is_no_word_of_the_control(case: Case) -> None:
    case.policy(CONTROL.format(**{**GOOD, "value": "certified"}))
    assert case.found("words") == []


KEPT = "phrases:\n  - phrases: [{phrase}]\n    reason: the name of a policy of the company\n"


def test_a_phrase_that_its_pack_keeps_is_no_finding_and_any_other_is(case: Case) -> None:
    case.policy(CONTROL.format(**{**GOOD, "message": "breaks the clean desk policy:", "deviation": "is not clean"}))
    case.write("policies/kept.yaml", KEPT.format(phrase="clean desk policy"))
    assert case.found("words") == [("policies/own.py:18", "OWN-1")]
    assert case.found("kept") == []


def test_a_phrase_that_nobody_says_is_found(case: Case) -> None:
    case.policy(CONTROL.format(**GOOD))
    case.write("policies/kept.yaml", KEPT.format(phrase="clean desk policy"))
    assert case.found("kept") == [("policies/kept.yaml:2", "clean desk policy")]


def test_a_word_alone_is_no_phrase(case: Case) -> None:
    case.policy(CONTROL.format(**{**GOOD, "message": "is clean:"}))
    case.write("policies/kept.yaml", KEPT.format(phrase="clean"))
    assert case.found("kept") != []
    assert case.found("words") != []
