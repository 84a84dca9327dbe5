"""Cases of artificial intelligence: what is known of it, on what terms it is used, and by whom."""

from typing import Any

from policy_case import Case, bad, before, made

from soc2test import (
    AISystem,
    AIUse,
    AppGrant,
    Application,
    LogStore,
    Person,
    PromptLog,
    Repository,
    Risk,
    Spell,
    Vendor,
)
from soc2test_policies.cc3.ai_systems import test_ai_systems_are_reviewed_and_among_the_risks as among_risks
from soc2test_policies.cc6.ai_access import test_ai_connectors_hold_no_more_than_was_decided as connectors
from soc2test_policies.cc6.ai_access import test_ai_seats_are_of_people_who_work_here as seats
from soc2test_policies.cc6.ai_access import test_ai_systems_are_behind_single_sign_on as behind_sign_on
from soc2test_policies.cc7.prompts import test_prompts_are_recorded_and_kept as recorded
from soc2test_policies.cc8.ai_changes import test_prompts_and_models_change_by_review as by_review
from soc2test_policies.cc9.ai_systems import test_ai_applications_are_in_the_register as in_register
from soc2test_policies.cc9.ai_systems import test_ai_vendors_are_bound_by_terms as bound

OLD = before(days=999)
ANN = made(
    Person, "ann", email="ann@acme.example", active=True, started_at=OLD, ended_at=None, accounts=("github:ann-a",),
    spells=(Spell(started_at=OLD, ended_at=None),),
)  # fmt: skip
BEA = made(Person, "bea", email="bea@acme.example", spells=(Spell(started_at=OLD, ended_at=None),), active=True)
LEO = made(
    Person, "leo", email="leo@acme.example", active=False, started_at=OLD, ended_at=before(days=40),
    accounts=("github:leo-a",), spells=(Spell(started_at=OLD, ended_at=before(days=40)),),
)  # fmt: skip
HOLDER = made(
    Person, "ann", email="ann@acme.example", active=True, started_at=OLD, ended_at=None, accounts=("github:ann-a",)
)
LEAVER = made(Person, "leo", email="leo@acme.example", active=False, accounts=("github:leo-a",))
KNOWN_AS: dict[str, Any] = {"known_as": ("GitHub Copilot",)}
SYSTEM = made(
    AISystem, "copilot", owner_email="ann@acme.example", purpose="suggests code", data_classes=("internal",),
    reviewed_by="bea@acme.example", reviewed_at=before(days=365),
)  # fmt: skip
RISK = made(Risk, "R1", concerns=("web", "copilot"))
APP = made(Application, "a1", source="okta", name="Slack", catalogue_name="slack", active=True)
COPILOT = made(Application, "a2", source="okta", name="github copilot", catalogue_name=None, active=True)
REGISTERED = made(AISystem, "copilot", **KNOWN_AS)
SEAT = made(AIUse, "s1", source="github", product="GitHub  Copilot", account="ann-a")
TERMS = made(
    AISystem, "copilot", vendor="github", in_use_since=before(days=90), terms="documents/terms.txt",
    terms_at=before(days=90), training_clause="3.2", retention_days=30,
)  # fmt: skip
VENDOR = made(
    Vendor, "github", active=True, dpa_signed_at=before(days=90), report_period_end=before(days=365),
    report_type="soc2_type2", report_opinion="unqualified",
)  # fmt: skip
JUDGED = VENDOR.but(
    report_opinion="qualified", exceptions_assessed_by="bea@acme.example", exceptions_assessed_at=before(days=60),
    exceptions_conclusion="none of it concerns the model",
)  # fmt: skip
SIGNED_IN = made(AISystem, "copilot", application="okta:a1")
SSO = made(Application, "a1", source="okta", active=True, single_sign_on=True)
BUILT = made(AISystem, "copilot", repository="github:github/acme/web")
WEB = made(Repository, "github/acme/web", source="github", archived=False, protected=True, admins_bound=True)

ASKED = made(AISystem, "copilot", data_classes=("internal", "confidential"), prompt_log="aws:1/eu/bedrock")
PROMPTS = made(PromptLog, "1/eu/bedrock", source="aws", texts=True, log_store="arn:logs")
STORE = made(LogStore, "arn:logs", retention_days=365)

GRANTED = made(AISystem, "copilot", known_as=("Cursor", "Cursor Agents"), rights=("contents:read", "issues:read"))
CONNECTOR = made(AppGrant, "g1", source="github", name="cursor", active=True, rights=("contents:read",))
HARMLESS = made(AppGrant, "g2", source="github", name="slack", active=True)


CASES = [
    Case(
        connectors,
        [GRANTED, CONNECTOR, HARMLESS],
        [
            bad(CONNECTOR.but(name="codex-connector"), says="is in no entry of the register", certain=False),
            bad(
                CONNECTOR.but(rights=("contents:write", "issues:read")),
                says="cursor holds contents:write, which",
                certain=False,
            ),
            bad(GRANTED.but(rights=()), says="cursor holds contents:read", deviates=["g1"], certain=False),
        ],
    ),
    Case(
        recorded,
        [ASKED, PROMPTS, STORE, STORE.but(retention_days=None)],
        [
            bad(ASKED.but(prompt_log=None), says="nothing records what it is asked"),
            bad(ASKED.but(prompt_log="aws:1/us/bedrock"), says="aws has no log of prompts 1/us/bedrock", certain=False),
            bad(ASKED.but(prompt_log="x:1/eu/bedrock"), says="x has no log of prompts", certain=False),
            bad(PROMPTS.but(texts=False), says="does not record the texts", deviates=["copilot"]),
            bad(PROMPTS.but(log_store=None), says="hands what it records to no store", deviates=["copilot"]),
            bad(PROMPTS.but(log_store="arn:x"), says="of which no export tells", deviates=["copilot"], certain=False),
            bad(STORE.but(retention_days=364), says="kept 364 days, limit 365", deviates=["copilot"]),
        ],
    ),
    Case(
        among_risks,
        [ANN, BEA, SYSTEM, RISK],
        [
            bad(SYSTEM.but(owner_email=None), says="nobody is named as owner"),
            bad(SYSTEM.but(owner_email="leo@acme.example"), LEO, says="leo@acme.example has left", certain=False),
            bad(SYSTEM.but(purpose=None), says="nobody wrote down what it is used for"),
            bad(SYSTEM.but(data_classes=()), says="no class of data is named"),
            bad(SYSTEM.but(reviewed_at=None), says="its use was never reviewed"),
            bad(SYSTEM.but(reviewed_at=before(days=366)), says="last reviewed 366 days"),
            bad(SYSTEM.but(reviewed_by=None), says="nobody is named as reviewer"),
            bad(SYSTEM.but(reviewed_by="x@acme.example"), says="not in the register of people", certain=False),
            bad(SYSTEM.but(reviewed_by="Ann@acme.example"), says="reviewed by its own owner"),
            bad(
                RISK.but(concerns=("web",)),
                says="no risk of the register concerns it",
                deviates=["copilot"],
                certain=False,
            ),
        ],
        spare=frozenset({"ann.spells", "ann.accounts", "bea.active"}),
    ),
    Case(
        in_register,
        [REGISTERED, APP, COPILOT],
        [
            bad(APP.but(name="ChatGPT (trial)"), says="is called ChatGPT (trial), as ChatGPT is", certain=False),
            bad(APP.but(name="Claude.ai"), says="as Claude is", certain=False),
            bad(
                APP.but(name="Team assistant", catalogue_name="openai_chatgpt_enterprise"),
                says="Team assistant, and openai_chatgpt_enterprise by its catalogue, as ChatGPT is",
                certain=False,
            ),
            bad(COPILOT.but(name="Microsoft Copilot"), says="as Copilot is", certain=False),
        ],
    ),
    Case(
        seats,
        [REGISTERED, SEAT, HOLDER],
        [
            bad(SEAT.but(product="Cursor"), says="is of Cursor, which no entry", certain=False),
            bad(SEAT.but(account="leo-a"), LEAVER, says="of leo@acme.example, who has left", certain=False),
            bad(SEAT.but(account="mallory"), says="github:mallory, an account of nobody", certain=False),
        ],
        spare=frozenset({"ann.email"}),
    ),
    Case(
        bound,
        [TERMS, JUDGED, VENDOR, BEA],
        [
            bad(TERMS.but(terms=None), says="no document holds"),
            bad(
                made(AISystem, "writer", **TERMS.but(vendor="openai").facts),
                made(Vendor, "openai", **VENDOR.facts),
                deviates=["copilot", "writer"],
                says=" too, which is another vendor's",
            ),
            bad(TERMS.but(terms_at=None), says="agreed to no terms"),
            bad(TERMS.but(terms_at=before(days=89)), says="after its first day of use on 2026-08-22"),
            bad(TERMS.but(training_clause=None), says="trains no model"),
            bad(TERMS.but(retention_days=None), says="do not say for how long"),
            bad(TERMS.but(retention_days=31), says="keeps what it is given 31 days, limit 30"),
            bad(TERMS.but(vendor="openai"), says="its vendor openai is not in the register", certain=False),
            bad(VENDOR.but(active=False), says="is not in use", deviates=["copilot"]),
            bad(VENDOR.but(dpa_signed_at=None), says="no data processing agreement", deviates=["copilot"]),
            bad(VENDOR.but(dpa_signed_at=before(days=-9)), says="which lies after", deviates=["copilot"]),
            bad(
                VENDOR.but(dpa_signed_at=before(days=89)),
                says="was signed on 2026-08-23, after the first day of use on 2026-08-22",
                deviates=["copilot"],
            ),
            bad(
                VENDOR.but(report_type=None),
                says="the report of its vendor github is missing, not soc2_type2",
                deviates=["copilot"],
            ),
            bad(
                VENDOR.but(report_type="iso27001", report_opinion=None),
                says="the report of its vendor github is iso27001, not soc2_type2",
                deviates=["copilot"],
            ),
            bad(VENDOR.but(report_opinion="adverse"), says="opinion in its report is adverse", deviates=["copilot"]),
            bad(VENDOR.but(report_opinion="disclaimer"), says="report is disclaimer", deviates=["copilot"]),
            bad(VENDOR.but(report_opinion=None), says="opinion in its report is missing", deviates=["copilot"]),
            bad(
                JUDGED.but(exceptions_assessed_by=None),
                says="qualified, and nobody is named who judged it",
                deviates=["copilot"],
            ),
            bad(VENDOR.but(report_period_end=None), says="never covered by a report", deviates=["copilot"]),
            bad(VENDOR.but(report_period_end=before(days=366)), says="366 days before", deviates=["copilot"]),
        ],
        spare=frozenset({"bea.active", "bea.email", "bea.spells"}),
    ),
    Case(
        behind_sign_on,
        [SIGNED_IN, SSO],
        [
            bad(SIGNED_IN.but(application=None), says="by no application of a directory"),
            bad(SIGNED_IN.but(application="okta:a9"), says="okta has no application a9", certain=False),
            bad(SIGNED_IN.but(application="entra:a1"), says="entra has no application a1", certain=False),
            bad(SSO.but(active=False), says="is switched off", deviates=["copilot"]),
            bad(SSO.but(single_sign_on=False), says="with a stored password", deviates=["copilot"]),
        ],
    ),
    Case(
        by_review,
        [BUILT, WEB],
        [
            bad(BUILT.but(repository="github:github/acme/x"), says="no repository github/acme/x", certain=False),
            bad(WEB.but(archived=True), says="is archived", deviates=["copilot"]),
            bad(WEB.but(protected=False), says="without a review", deviates=["copilot"]),
            bad(WEB.but(admins_bound=False), says="pass by the review", deviates=["copilot"]),
        ],
    ),
]
