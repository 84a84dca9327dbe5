"""What a case can't say of artificial intelligence: names, what the register lacks, and ids without a source."""

import pytest
from policy_case import made
from policy_cases_ai import (
    ANN,
    APP,
    ASKED,
    BEA,
    BUILT,
    CONNECTOR,
    COPILOT,
    GRANTED,
    HARMLESS,
    PROMPTS,
    REGISTERED,
    RISK,
    SEAT,
    SIGNED_IN,
    SSO,
    STORE,
    SYSTEM,
    TERMS,
    VENDOR,
    WEB,
)

from soc2test import AISystem, AppGrant, Application
from soc2test.testing import check
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies._ai import KNOWN, known_name
from soc2test_policies.cc3.ai_systems import test_ai_systems_are_reviewed_and_among_the_risks as among_risks
from soc2test_policies.cc6.ai_access import test_ai_connectors_hold_no_more_than_was_decided as connectors
from soc2test_policies.cc6.ai_access import test_ai_systems_are_behind_single_sign_on as behind_sign_on
from soc2test_policies.cc7.prompts import test_prompts_are_recorded_and_kept as recorded
from soc2test_policies.cc8.ai_changes import test_prompts_and_models_change_by_review as by_review
from soc2test_policies.cc9.ai_systems import test_ai_applications_are_in_the_register as in_register
from soc2test_policies.cc9.ai_systems import test_ai_vendors_are_bound_by_terms as bound


def _reason(result: ControlResult) -> str:
    assert result.verdict is Verdict.NOT_EVALUATED, result.verdict
    messages = [finding.message for finding in result.findings]
    return "\n".join([*messages, result.reason.text if result.reason else ""])


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("ChatGPT", "ChatGPT"),
        ("chat.openai.com", "OpenAI"),
        ("Claude (Team plan)", "Claude"),
        ("NotionAI", "Notion AI"),
        ("Notion AI", "Notion AI"),
        ("Otter.ai", "Otter ai"),
        ("CURSOR", "Cursor"),
        ("Microsoft 365 Copilot", "Copilot"),
        ("Hugging-Face", "Hugging Face"),
        ("Google Vertex AI Search", "Vertex AI"),
        ("chatgpt-codex-connector", "ChatGPT"),
        ("coderabbitai", "CodeRabbit AI"),
    ],
)
def test_known_names_are_found_however_they_are_written(name: str, known: str) -> None:
    assert known_name(name, KNOWN) == known


@pytest.mark.parametrize(
    "name", ["Slack", "Notion", "Claudette's recipes", "Precursor", "Poetry", "", "AI", "Amazon Quicksight"]
)
def test_other_names_are_not(name: str) -> None:
    assert known_name(name, KNOWN) == ""


def test_a_blank_name_in_the_limit_finds_nothing() -> None:
    assert known_name("Slack", ("", "  ")) == ""


def test_a_longer_list_of_names_finds_more() -> None:
    assert known_name("Acme Oracle", (*KNOWN, "acme oracle")) == "acme oracle"


def test_an_application_that_is_off_is_let_be() -> None:
    off = made(Application, "a3", source="okta", name="ChatGPT", catalogue_name=None, active=False)
    assert check(in_register, APP.build(), off.build(), REGISTERED.build()).verdict is Verdict.PASS


LET_IN = made(AppGrant, "g9", source="github", name="claude", active=True, rights=())
SHADOW = made(
    Application, "a4", source="okta", name="Perplexity Pro", catalogue_name=None, active=True, single_sign_on=True
)


def test_what_the_directory_shows_and_the_register_lacks_holds_up_the_register() -> None:
    known_as = REGISTERED.facts
    for control, resources in (
        (among_risks, [ANN, BEA, SYSTEM.but(**known_as), RISK]),
        (bound, [TERMS.but(**known_as), VENDOR]),
        (behind_sign_on, [SIGNED_IN.but(**known_as), SSO.but(name="Slack")]),
    ):
        built = [each.build() for each in resources]
        assert check(control, *built).verdict is Verdict.PASS
        assert "okta has the application Perplexity Pro" in _reason(check(control, *built, SHADOW.build()))
        assert check(control, *built, SHADOW.but(active=False).build()).verdict is Verdict.PASS
        assert "github lets in claude" in _reason(check(control, *built, LET_IN.build()))
        assert check(control, *built, LET_IN.but(active=False).build()).verdict is Verdict.PASS
        assert check(control, *built, COPILOT.but(single_sign_on=True).build()).verdict is Verdict.PASS


def test_seats_of_a_product_that_the_register_lacks_hold_it_up_too() -> None:
    resources = [SIGNED_IN.but(**REGISTERED.facts), SSO.but(name="Slack"), SEAT]
    assert check(behind_sign_on, *(each.build() for each in resources)).verdict is Verdict.PASS
    resources[-1] = SEAT.but(product="Windsurf")
    assert "github lists seats of Windsurf" in _reason(check(behind_sign_on, *(each.build() for each in resources)))


def test_what_is_given_nothing_confidential_needs_no_record() -> None:
    harmless = ASKED.but(data_classes=("internal", "public"), prompt_log=None)
    result = check(recorded, harmless.build(), PROMPTS.build(), STORE.build())
    assert (result.verdict, result.population) == (Verdict.NOT_EVALUATED, 0)


def test_a_connector_holds_what_all_its_entries_allow_and_no_more() -> None:
    second = made(AISystem, "cursor-bot", known_as=("cursor",), rights=("contents:write",))
    both = CONNECTOR.but(rights=("contents:read", "contents:write"))
    assert check(connectors, GRANTED.build(), second.build(), both.build()).verdict is Verdict.PASS
    assert check(connectors, GRANTED.build(), both.build()).verdict is Verdict.FAIL


def test_a_connector_that_is_off_is_let_be() -> None:
    off = CONNECTOR.but(active=False, rights=("administration:write",))
    result = check(connectors, GRANTED.build(), off.build(), HARMLESS.build())
    assert (result.verdict, result.population) == (Verdict.PASS, 1)


@pytest.mark.parametrize("written", ["a1", ":a1", "okta:", ""])
def test_an_id_without_its_source_is_unknown(written: str) -> None:
    application = SIGNED_IN.but(application=written)
    assert "names no source" in _reason(check(behind_sign_on, application.build(), SSO.build()))
    repository = BUILT.but(repository=written)
    assert "names no source" in _reason(check(by_review, repository.build(), WEB.build()))
