"""Cases of what people keep by hand beside CC1 to CC5: incidents and vendors."""

from policy_case import Case, bad, before, made

from soc2test import Disclosure, Incident, Person, ProcessingActivity, Spell, Vendor
from soc2test_policies.cc7.incident_actions import test_what_postmortems_decide_is_done as done
from soc2test_policies.cc7.incidents import test_customers_are_told_of_incidents as told
from soc2test_policies.cc7.incidents import test_incidents_are_acknowledged_in_time as acknowledged
from soc2test_policies.cc7.incidents import test_incidents_are_rated_and_led as led
from soc2test_policies.cc7.incidents import test_incidents_are_resolved_with_their_cause as resolved
from soc2test_policies.cc7.incidents import test_severe_incidents_are_learnt_from as learnt
from soc2test_policies.cc9.vendor_reports import test_exceptions_in_reports_are_assessed as exceptions
from soc2test_policies.cc9.vendor_reports import test_subservice_organisations_have_a_current_report as report
from soc2test_policies.cc9.vendors import test_vendors_are_assessed_regularly as assessed
from soc2test_policies.cc9.vendors import test_vendors_are_examined_before_use as examined
from soc2test_policies.cc9.vendors import test_vendors_have_an_active_owner as owned
from soc2test_policies.cc9.vendors import test_vendors_with_personal_data_are_bound as bound

OUTAGE = made(Incident, "I1", severity="critical", detected_at=before(days=9), acknowledged_at=before(days=9, hours=-1))
CLOSED = made(Incident, "I1", detected_at=before(days=90), resolved_at=before(days=60), root_cause="a full disk")
LEARNT = made(
    Incident, "I1", severity="high", detected_at=before(days=91), resolved_at=before(days=90),
    postmortem_at=before(days=76), postmortem="i1.txt",
)  # fmt: skip
TOLD = made(Incident, "I1", customers_affected=True, detected_at=before(days=9), notified_at=before(days=6))
ANN = made(
    Person, "ann", email="ann@acme.example", active=True, started_at=before(days=999), ended_at=None,
    spells=(Spell(started_at=before(days=999), ended_at=None),),
)  # fmt: skip
LEO = made(
    Person, "leo", email="leo@acme.example", active=False, started_at=before(days=999), ended_at=before(days=400),
    spells=(Spell(started_at=before(days=999), ended_at=before(days=400)),),
)  # fmt: skip
ASSESSED = made(
    Vendor, "okta", active=True, tier="critical", assessed_at=before(days=365), diligence_at=before(days=900)
)
REPORT = made(
    Vendor, "okta", active=True, subservice=True, report_type="soc2_type2", report_opinion="unqualified",
    report_period_start=before(days=729), report_period_end=before(days=365), bridge_letter_until=None,
    tier="critical", report="okta-report.pdf", bridge_letter=None, other_files=("okta-dpa.pdf",),
)  # fmt: skip
LETTER = REPORT.but(
    report_period_start=before(days=900), report_period_end=before(days=400), bridge_letter_until=before(days=0),
    bridge_letter="okta-letter.pdf",
)  # fmt: skip
HALF = REPORT.but(
    report_period_start=before(days=281), report_period_end=before(days=100),
    previous_report_period_start=before(days=465), previous_report_period_end=before(days=282),
)  # fmt: skip
QUALIFIED = REPORT.but(
    report_opinion="qualified", exceptions_assessed_by="ann@acme.example", exceptions_assessed_at=before(days=300),
    exceptions_conclusion="no effect",
)  # fmt: skip
MONITORED = made(
    Vendor, "own", active=True, subservice=True, tier="high", report_type=None, report_opinion=None, report=None,
    bridge_letter=None, other_files=("visit.txt",),
    monitored_by="ann@acme.example", monitored_at=before(days=365), monitoring_conclusion="visited, nothing noted",
)  # fmt: skip
NOTED = made(
    Vendor, "okta", active=True, report_type="soc2_type2", report_opinion="unqualified", report_exceptions=2,
    report_period_end=before(days=90), exceptions_assessed_by="Ann@acme.example", exceptions_assessed_at=before(days=60),
    exceptions_conclusion="no effect",
)  # fmt: skip
LATELY = before(days=9)
INNER = made(ProcessingActivity, "PA-1", recipients=())
ENDED = made(Disclosure, "DIS-1", recipient="pens", ended_at=before())
OLD = made(
    Vendor, "old", active=True, personal_data=True, dpa_signed_at=before(days=366), onboarded_at=before(days=800),
    agreement=None,
)  # fmt: skip
BOUND = made(
    Vendor, "okta", active=True, personal_data=True, dpa_signed_at=LATELY, onboarded_at=LATELY, agreement="okta-dpa.txt"
)
DONE = made(
    Incident, "I1", severity="high", detected_at=before(days=210), postmortem_at=before(days=200), actions=2,
    actions_closed_at=before(days=110),
)  # fmt: skip
OVER = made(Incident, "I9", detected_at=before(days=370), resolved_at=before(days=366))
"""of another period: neither detected nor going on in the last 365 days"""
BEFORE = OVER.but(detected_at=before(days=390), resolved_at=before(days=386))
"""of another period, with all that had to follow it"""

CASES = [
    Case(
        acknowledged,
        [
            OUTAGE,
            made(Incident, "I2", severity="low", detected_at=before(hours=72), acknowledged_at=None),
            BEFORE.but(acknowledged_at=before(days=389)),
        ],
        [
            bad(
                OUTAGE.but(acknowledged_at=before(days=9, hours=-1.5)),
                says="critical, acknowledged 1.5 hours after 2026-11-11, limit 1 hours",
            ),
            bad(OUTAGE.but(severity="high", acknowledged_at=None), says="high, not acknowledged 216 hours after"),
            bad(
                OUTAGE.but(acknowledged_at=before(days=11)),
                says="acknowledged on 2026-11-09, before it was detected on 2026-11-11",
            ),
            bad(
                OUTAGE.but(detected_at=before(days=-9), acknowledged_at=None), says="detected on 2026-11-29, which lies"
            ),
            bad(OUTAGE.but(severity="medium", acknowledged_at=before(days=7)), says="limit 24 hours"),
            bad(OUTAGE.but(severity="low", acknowledged_at=before(days=5)), says="limit 72 hours"),
        ],
    ),
    Case(
        led,
        [
            ANN,
            LEO,
            made(Incident, "I1", severity="high", commander_email="Ann@acme.example", detected_at=before(days=9)),
            made(
                Incident,
                "I3",
                severity="low",
                commander_email="leo@acme.example",
                detected_at=before(days=401),
                resolved_at=before(days=365),
            ),
            OVER,
        ],
        [
            bad(
                made(Incident, "I2", severity="high", commander_email=None, detected_at=before(days=9)),
                says="nobody led the response",
            ),
            bad(
                made(Incident, "I2", severity="sev1", commander_email="ann@acme.example", detected_at=before(days=9)),
                says="none of critical, high, medium, low",
            ),
            bad(
                made(Incident, "I1", severity="high", commander_email="leo@acme.example", detected_at=before(days=9)),
                says="its commander leo@acme.example did not work here on 2026-11-11",
                certain=False,
            ),
            bad(
                made(Incident, "I1", severity="high", commander_email="x@acme.example", detected_at=before(days=9)),
                says="its commander x@acme.example is not in the register of people",
                certain=False,
            ),
        ],
        spare=frozenset(
            {"ann.active", "leo.active", "leo.started_at", "leo.ended_at", "ann.started_at", "ann.ended_at"}
        ),
    ),
    Case(
        resolved,
        [CLOSED, made(Incident, "I2", detected_at=before(days=30), resolved_at=None), OVER],
        [
            bad(
                CLOSED.but(resolved_at=before(days=59)),
                says="resolved 31 days after 2026-08-22, limit 30 days",
            ),
            bad(CLOSED.but(resolved_at=None), says="not resolved 90 days after 2026-08-22, limit 30 days"),
            bad(CLOSED.but(root_cause=None), says="without a root cause"),
            bad(CLOSED.but(resolved_at=before(days=400)), says="before it was detected"),
            bad(OVER.but(resolved_at=before(days=372)), says="before it was detected"),
            bad(OVER.but(resolved_at=None), says="not resolved 370 days after"),
            bad(OVER.but(resolved_at=before(days=330)), says="resolved 40 days after"),
        ],
    ),
    Case(
        learnt,
        [
            LEARNT,
            made(
                Incident,
                "I2",
                severity="low",
                customers_affected=False,
                detected_at=before(days=91),
                resolved_at=before(days=90),
                postmortem=None,
            ),
            BEFORE.but(severity="high", postmortem_at=before(days=380), postmortem="i9.txt"),
        ],
        [
            bad(
                BEFORE.but(severity="high", postmortem_at=before(days=380), postmortem="i1.txt"),
                deviates=["I1"],
                says="its document is that of I9 too",
            ),
            bad(LEARNT.but(postmortem_at=None), says="high, not reviewed 90 days after 2026-08-22, limit 14 days"),
            bad(LEARNT.but(postmortem_at=before(days=60)), says="high, reviewed 30 days after"),
            bad(LEARNT.but(postmortem_at=before(days=400)), says="before it was resolved"),
            bad(
                LEARNT.but(severity="low", customers_affected=True, postmortem_at=None),
                says="low, not reviewed 90 days after 2026-08-22, limit 14 days",
            ),
        ],
    ),
    Case(
        done,
        [
            DONE,
            made(
                Incident,
                "I2",
                severity="critical",
                detected_at=before(days=900),
                resolved_at=before(days=890),
                postmortem_at=before(days=100),
                actions=0,
            ),
            made(
                Incident,
                "I3",
                severity="high",
                detected_at=before(days=95),
                postmortem_at=before(days=90),
                actions=1,
                actions_closed_at=None,
            ),
            made(Incident, "I4", severity="low", customers_affected=False, postmortem_at=before(days=900)),
        ],
        [
            bad(
                DONE.but(actions_closed_at=None),
                says="2 actions were not done 200 days after 2026-05-04, limit 90 days",
            ),
            bad(
                DONE.but(severity="medium", customers_affected=True, actions_closed_at=None),
                says="2 actions were not done 200 days after 2026-05-04, limit 90 days",
            ),
            bad(DONE.but(actions_closed_at=before(days=109)), says="2 actions were done 91 days after 2026-05-04"),
            bad(DONE.but(actions=None), says="does not say what is to be done"),
            bad(
                made(
                    Incident,
                    "I5",
                    severity="high",
                    detected_at=before(days=900),
                    resolved_at=before(days=890),
                    postmortem_at=before(days=880),
                    actions=1,
                    actions_closed_at=None,
                ),
                says="1 actions were not done 880 days after",
            ),
            bad(
                DONE.but(actions_closed_at=before(days=900)),
                says="actions were done on 2024-06-03, before it was detected on 20",
            ),
        ],
    ),
    Case(
        told,
        [
            TOLD,
            made(Incident, "I2", customers_affected=False, detected_at=before(days=9), notified_at=None),
            BEFORE.but(notified_at=before(days=388)),
        ],
        [
            bad(TOLD.but(notified_at=None), says="customers were not told 216 hours after 2026-11-11, limit 72 hours"),
            bad(TOLD.but(notified_at=before(days=5)), says="customers were told 96 hours after"),
            bad(
                TOLD.but(notified_at=before(days=400)), says="customers were told on 2025-10-16, before it was detected"
            ),
        ],
    ),
    Case(
        owned,
        [ANN, made(Vendor, "okta", active=True, owner_email="ann@acme.example"), made(Vendor, "old", active=False)],
        [
            bad(made(Vendor, "aws", active=True, owner_email=None), says="nobody is named as owner"),
            bad(
                ANN.but(active=False),
                deviates=["okta"],
                says="its owner ann@acme.example has left",
                certain=False,
            ),
            bad(ANN.but(ended_at=before(days=1)), deviates=["okta"], says="has left", certain=False),
            bad(
                made(Vendor, "aws", active=True, owner_email="x@acme.example"),
                says="not in the register",
                certain=False,
            ),
        ],
        spare=frozenset({"ann.spells"}),
    ),
    Case(
        examined,
        [
            made(Vendor, "okta", active=True, onboarded_at=before(days=9), diligence_at=before(days=9)),
            made(Vendor, "early", active=True, onboarded_at=before(days=9), diligence_at=before(days=374)),
            made(Vendor, "soon", active=True, onboarded_at=before(days=-9)),
        ],
        [
            bad(
                made(Vendor, "aws", active=True, onboarded_at=before(days=9), diligence_at=None),
                says="is used since 2026-11-11 and was never examined",
            ),
            bad(
                made(Vendor, "aws", active=True, onboarded_at=before(days=9), diligence_at=before(days=8)),
                says="was examined on 2026-11-12, after its first day of use on 2026-11-11",
            ),
            bad(
                made(Vendor, "aws", active=True, onboarded_at=before(days=9), diligence_at=before(days=375)),
                says="was examined on 2025-11-10, 366 days before its first day of use, limit 365",
            ),
        ],
        spare=frozenset({"okta.active", "early.active"}),
    ),
    Case(
        assessed,
        [ASSESSED, ASSESSED.but(tier="low", assessed_at=before(days=730), personal_data=False), INNER, ENDED],
        [
            bad(
                INNER.but(recipients=("okta",)),
                ASSESSED.but(tier="low", assessed_at=before(days=366), personal_data=False),
                says="handles personal data, last assessed 366 days",
            ),
            bad(
                ENDED.but(ended_at=None, recipient="okta"),
                ASSESSED.but(tier="low", assessed_at=before(days=366), personal_data=False),
                says="handles personal data, last assessed 366 days",
            ),
            bad(ASSESSED.but(assessed_at=before(days=366)), says="critical, last assessed 366 days before 2026-11-20"),
            bad(ASSESSED.but(tier="high", assessed_at=None), says="high, last assessed 900 days"),
            bad(ASSESSED.but(tier="medium", assessed_at=None, diligence_at=None), says="medium, never assessed"),
            bad(ASSESSED.but(tier="low", assessed_at=before(days=731)), says="low, last assessed 731 days"),
            bad(
                ASSESSED.but(tier="low", assessed_at=before(days=366), personal_data=True),
                says="handles personal data, last assessed 366 days before 2026-11-20, limit 365",
            ),
        ],
    ),
    Case(
        report,
        [
            ANN,
            REPORT,
            made(
                Vendor,
                "mailgrid",
                active=True,
                subservice=False,
                tier="high",
                report="mail.pdf",
                bridge_letter=None,
                other_files=(),
            ),
            REPORT.but(
                report_period_start=before(days=900),
                report_period_end=before(days=457),
                bridge_letter_until=before(days=0),
                bridge_letter="okta-letter.pdf",
            ),
            HALF,
            QUALIFIED,
            MONITORED,
            QUALIFIED,
        ],
        [
            bad(
                REPORT.but(report_type=None, monitored_by=None),
                says="its report is missing, not soc2_type2; nobody monitors it in another way",
            ),
            bad(REPORT.but(report_type="soc2_type1", monitored_by=None), says="its report is soc2_type1"),
            bad(REPORT.but(report_opinion="adverse"), says="the opinion in its report is adverse"),
            bad(
                REPORT.but(subservice=False, report_type=None, monitored_by=None),
                says="its report is missing, not soc2_type2; nobody monitors it in another way",
            ),
            bad(REPORT.but(report=None), says="of its report there is no document"),
            bad(
                REPORT.but(report="./Mail.pdf"),
                made(Vendor, "mailgrid", active=False, subservice=False, tier="low", report="mail.pdf"),
                says="of its report, its document is that of mailgrid too",
                deviates=["okta"],
            ),
            bad(
                REPORT.but(other_files=("okta-dpa.pdf", "Okta-Report.pdf")),
                says="of its report, its document is a file that okta names for something else",
            ),
            bad(
                REPORT,
                made(
                    Vendor,
                    "mailgrid",
                    active=False,
                    subservice=False,
                    tier="low",
                    report=None,
                    other_files=("okta-report.pdf",),
                ),
                says="of its report, its document is a file that mailgrid names for something else",
                deviates=["okta"],
            ),
            bad(LETTER.but(bridge_letter=None), says="of its bridge letter there is no document"),
            bad(LETTER.but(bridge_letter="okta-report.pdf"), says="of its bridge letter is that of its report"),
            bad(
                LETTER,
                made(
                    Vendor,
                    "mailgrid",
                    active=False,
                    subservice=False,
                    tier="low",
                    report=None,
                    bridge_letter="okta-letter.pdf",
                ),
                says="of its bridge letter, its document is that of mailgrid too",
                deviates=["okta"],
            ),
            bad(REPORT.but(report_opinion=None), says="the opinion in its report is missing"),
            bad(REPORT.but(report_period_end=None), says="never covered by a report"),
            bad(
                REPORT.but(report_period_end=before(days=366)),
                says="366 days before 2026-11-20, limit 365, with no bridge letter",
            ),
            bad(
                REPORT.but(report_period_end=before(days=458), bridge_letter_until=before(days=-30)),
                says="limit 365, with a bridge letter until 2026-12-20, 488 days after it ended",
            ),
            bad(
                REPORT.but(report_period_end=before(days=400), bridge_letter_until=before(days=-999)),
                says="limit 365, with a bridge letter until 2029-08-15, 1399 days after it ended",
            ),
            bad(
                REPORT.but(report_period_end=before(days=400), bridge_letter_until=before(days=1)),
                says="limit 365, with a bridge letter until 2026-11-19",
            ),
            bad(
                MONITORED.but(report_type="soc3", report_opinion="disclaimer"),
                says="the opinion in its report is disclaimer",
            ),
            bad(QUALIFIED.but(exceptions_assessed_by=None), says="qualified, and nobody is named who judged it"),
            bad(QUALIFIED.but(exceptions_assessed_at=None), says="qualified, and it was judged on no day"),
            bad(QUALIFIED.but(exceptions_conclusion=None), says="qualified, and nothing was concluded"),
            bad(
                QUALIFIED.but(exceptions_assessed_at=before(days=367)),
                says="it was judged on 2025-11-18, before it was ended on 2025-11-20",
            ),
            bad(
                QUALIFIED.but(exceptions_assessed_by="x@acme.example"),
                says="its assessor x@acme.example is not in the register of people",
                certain=False,
            ),
            bad(
                REPORT.but(
                    report_period_start=before(days=31),
                    report_period_end=before(days=1),
                    previous_report_period_end=None,
                ),
                says="its report covers 31 days, and none before it ends where it begins on 2026-10-20, limit 365",
            ),
            bad(HALF.but(previous_report_period_end=before(days=290)), says="covers 182 days, and none before it ends"),
            bad(
                HALF.but(previous_report_period_start=before(days=300)), says="covers 201 days, with the one before it"
            ),
            bad(
                HALF.but(report_period_start=before(days=1)), says="its report's period was ended on 2026-08-12, before"
            ),
            bad(HALF.but(report_period_start=None), says="names no first or last day"),
            bad(
                MONITORED.but(monitored_at=before(days=366)),
                says="its report is missing, not soc2_type2; last monitored 366",
            ),
            bad(MONITORED.but(monitoring_conclusion=None), says="its monitoring concluded nothing"),
            bad(
                MONITORED.but(monitored_by="leo@acme.example"),
                LEO,
                says="its monitor leo@acme.example did not",
                certain=False,
            ),
        ],
        spare=frozenset(
            {
                "ann.active",
                "ann.started_at",
                "ann.ended_at",
                "okta.report_period_end",
                "okta.tier",
                "own.tier",
                "okta.subservice",
                "okta.bridge_letter",
                "own.bridge_letter",
            }
        ),
    ),
    Case(
        exceptions,
        [
            ANN,
            NOTED,
            made(Vendor, "iso", active=True, report_type="iso27001", report_opinion=None, report_exceptions=None),
            made(
                Vendor, "aws", active=True, report_type="soc2_type2", report_opinion="unqualified", report_exceptions=0
            ),
            made(Vendor, "none", active=True, report_type=None, report_opinion=None, report_period_end=None),
        ],
        [
            bad(
                NOTED.but(exceptions_assessed_by=None),
                says="notes 2 exceptions under an opinion that is unqualified, and nobody is named who judged it",
            ),
            bad(
                NOTED.but(report_opinion="qualified", report_exceptions=0, exceptions_assessed_by=None),
                says="notes 0 exceptions under an opinion that is qualified, and nobody is named",
            ),
            bad(NOTED.but(report_opinion="adverse"), says="its report is adverse, and nothing makes up for that"),
            bad(NOTED.but(report_opinion="disclaimer"), says="its report is disclaimer, and nothing makes up"),
            bad(NOTED.but(exceptions_assessed_at=before(days=92)), says="judged on 2026-08-20, before it was ended"),
            bad(NOTED.but(exceptions_conclusion=None), says="nothing was concluded of it"),
            bad(
                NOTED.but(exceptions_assessed_by="leo@acme.example"),
                LEO,
                says="its assessor leo@acme.example did not work here on 2026-09-21",
                certain=False,
            ),
        ],
        spare=frozenset({"ann.active", "ann.started_at", "ann.ended_at"}),
    ),
    Case(
        bound,
        [
            BOUND,
            OLD,
            made(Vendor, "logo", active=True, personal_data=False, agreement="logo-dpa.txt"),
            INNER,
            ENDED,
        ],
        [
            bad(
                made(Vendor, "logo", active=True, personal_data=False, agreement="okta-dpa.txt"),
                deviates=["okta"],
                says="the file of its agreement is that of logo too",
            ),
            bad(
                INNER.but(recipients=("logo",)),
                made(Vendor, "logo", active=True, personal_data=False, dpa_signed_at=None, agreement=None),
                says="without a data processing agreement",
            ),
            bad(
                ENDED.but(ended_at=before(days=-9), recipient="logo"),
                made(Vendor, "logo", active=True, personal_data=False, dpa_signed_at=None, agreement=None),
                says="without a data processing agreement",
            ),
            bad(
                made(Vendor, "aws", active=True, personal_data=True, dpa_signed_at=None, agreement=None),
                says="without a data processing agreement",
            ),
            bad(
                made(Vendor, "aws", active=True, personal_data=True, dpa_signed_at=before(days=-3), agreement=None),
                says="is dated 2026-11-23, which lies after 2026-11-20",
            ),
            bad(
                BOUND.but(onboarded_at=before(days=365)),
                says="was signed on 2026-11-11, after its first day of use on 2025-11-20",
            ),
            bad(OLD.but(dpa_signed_at=LATELY), says="was signed on 2026-11-11, after its first day of use"),
        ],
    ),
]
