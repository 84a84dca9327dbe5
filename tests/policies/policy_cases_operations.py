"""Cases of CC7, CC8 and CC9: logs, detectors, vulnerabilities, incidents, changes, vendors."""

from policy_case import Case, bad, before, made

from soc2test import (
    Alarm,
    Change,
    Commit,
    Detector,
    Environment,
    Host,
    Incident,
    LogSink,
    LogStore,
    Network,
    Person,
    PostureCheck,
    Repository,
    Vendor,
    Vulnerability,
)
from soc2test_policies.cc6.secrets import test_no_secret_lies_open_in_code as secrets
from soc2test_policies.cc6.secrets import test_repositories_are_scanned_for_secrets as secret_scanning
from soc2test_policies.cc7.alarms import test_alarms_reach_somebody as reach
from soc2test_policies.cc7.audit_logs import test_audit_logs_are_delivered as delivered
from soc2test_policies.cc7.audit_logs import test_audit_logs_are_kept as kept
from soc2test_policies.cc7.audit_logs import test_audit_logs_cover_everything as covering
from soc2test_policies.cc7.audit_logs import test_audit_logs_delivered_lately as delivered_lately
from soc2test_policies.cc7.audit_logs import test_audit_logs_show_tampering as tampering
from soc2test_policies.cc7.detectors import test_configuration_is_recorded_everywhere as configuration
from soc2test_policies.cc7.detectors import test_threats_are_watched_for_everywhere as threats
from soc2test_policies.cc7.incidents import test_customers_are_told_of_incidents as told
from soc2test_policies.cc7.incidents import test_incidents_are_acknowledged_in_time as acknowledged
from soc2test_policies.cc7.incidents import test_incidents_are_rated_and_led as led
from soc2test_policies.cc7.incidents import test_incidents_are_resolved_with_their_cause as resolved
from soc2test_policies.cc7.incidents import test_severe_incidents_are_learnt_from as learnt
from soc2test_policies.cc7.log_stores import test_workload_logs_are_kept as workload_logs
from soc2test_policies.cc7.networks import test_network_traffic_is_logged as traffic
from soc2test_policies.cc7.patches import test_hosts_are_patched as patched
from soc2test_policies.cc7.posture import test_settings_are_checked_everywhere as settings
from soc2test_policies.cc7.scanning import test_repositories_are_scanned_for_vulnerabilities as dependency_alerts
from soc2test_policies.cc7.vulnerabilities import test_critical_vulnerabilities_are_not_left_open as not_open
from soc2test_policies.cc7.vulnerabilities import test_dismissals_are_justified as dismissals
from soc2test_policies.cc7.vulnerabilities import test_vulnerabilities_are_fixed_in_time as fixed
from soc2test_policies.cc8.branches import test_approvals_lapse_with_new_commits as lapse
from soc2test_policies.cc8.branches import test_changes_pass_automated_checks as checks
from soc2test_policies.cc8.branches import test_default_branches_demand_review as review
from soc2test_policies.cc8.branches import test_protection_binds_everybody as binds
from soc2test_policies.cc8.changes import test_changes_are_approved_by_another_person as approved
from soc2test_policies.cc8.changes import test_changes_were_merged_with_passed_checks as passed_checks
from soc2test_policies.cc8.commits import test_commits_came_by_approved_changes as came_by
from soc2test_policies.cc8.environments import test_production_deployments_are_approved as deployments
from soc2test_policies.cc9.vendor_reports import test_exceptions_in_reports_are_assessed as exceptions
from soc2test_policies.cc9.vendor_reports import test_important_vendors_have_a_current_report as report
from soc2test_policies.cc9.vendors import test_vendors_are_assessed_regularly as assessed
from soc2test_policies.cc9.vendors import test_vendors_are_examined_before_use as examined
from soc2test_policies.cc9.vendors import test_vendors_have_an_active_owner as owned
from soc2test_policies.cc9.vendors import test_vendors_with_personal_data_are_bound as bound

THREAT = made(Detector, "d1", category="threat", enabled=True, scope="1/eu-west-1")
RECORDER = made(Detector, "d2", category="configuration", enabled=True, covers_all=True, scope="1/eu-west-1")
BENCHMARK = made(PostureCheck, "p1", category="benchmark", enabled=True, scope="1/eu-west-1")
OUTSIDE = made(PostureCheck, "p2", category="external_access", enabled=True, scope="1/eu-west-1")
HOST = made(Host, "h1", running=True, managed=True, missing_patches=0, patch_scan_at=before(days=7))
TRAIL = made(LogSink, "t1", all_regions=True, management_events=True)
WEAK = made(
    Vulnerability, "v1", category="dependency", state="open", severity="critical", closed_at=None,
    first_seen_at=before(days=15),
)  # fmt: skip
DISMISSED = made(Vulnerability, "v1", state="dismissed", dismissed_by="ann", dismissed_reason="test code only")
LEAK = made(Vulnerability, "v1", category="secret", state="fixed", asset="web")
OUTAGE = made(Incident, "I1", severity="critical", detected_at=before(days=9), acknowledged_at=before(days=9, hours=-1))
CLOSED = made(Incident, "I1", detected_at=before(days=90), resolved_at=before(days=60), root_cause="a full disk")
LEARNT = made(Incident, "I1", severity="high", resolved_at=before(days=90), postmortem_at=before(days=76))
TOLD = made(Incident, "I1", customers_affected=True, detected_at=before(days=9), notified_at=before(days=6))
MERGED = made(
    Change, "web/12", repository="web", number=12, merged=True, merged_at=before(days=365), author="ann",
    commit_authors=("ann", "bob"), requesters=(), approvers=("Bob", "cleo"), entitled_approvers=("cleo",),
)  # fmt: skip
CHECKED = made(
    Change, "web/12", repository="web", number=12, merged=True, merged_at=before(days=365), missing_checks=()
)
AGENTS = MERGED.but(author="agent[bot]", commit_authors=("agent[bot]",), requesters=("ann",))
COMMIT = made(Commit, "c1", repository="web", sha="6dcb09b5b57875f3", committed_at=before(days=365), change="web/12")
PRODUCTION = made(
    Environment, "web/Production", name="Production", repository="web", approval_required=True,
    self_approval_blocked=True, admins_bound=True,
)  # fmt: skip
STAGING = made(Environment, "web/staging", name="staging")
BRANCH = made(Repository, "web", archived=False, default_branch="main", protected=True, required_approvals=1)
BOUND = made(Repository, "web", archived=False, default_branch="main", admins_bound=True, force_push_blocked=True)
OLD = made(Repository, "old", archived=True)
ANN = made(Person, "ann", email="ann@acme.example", active=True, ended_at=None)
ASSESSED = made(
    Vendor, "okta", active=True, tier="critical", assessed_at=before(days=365), diligence_at=before(days=900)
)
REPORT = made(
    Vendor, "okta", active=True, tier="critical", report_type="soc2_type2", report_opinion="unqualified",
    report_period_end=before(days=365), bridge_letter_until=None,
)  # fmt: skip
NOTED = made(
    Vendor, "okta", active=True, report_type="soc2_type2", report_opinion="unqualified", report_exceptions=2,
    exceptions_assessed=True,
)  # fmt: skip

CRITICAL = made(Vulnerability, "v1", severity="critical", category="image", state="open", first_seen_at=before(days=15))
CASES = [
    Case(
        reach,
        [made(Alarm, "a1", notifies=True)],
        [bad(made(Alarm, "a2", notifies=False), says="goes off without telling anybody")],
    ),
    Case(
        settings,
        [BENCHMARK, OUTSIDE, made(PostureCheck, "p9", category="other")],
        [
            bad(BENCHMARK.but(enabled=False), says="the check for benchmark is off in 1/eu-west-1"),
            bad(OUTSIDE.but(enabled=False), says="the check for external access is off in 1/eu-west-1"),
        ],
        spare=frozenset({"p1.scope", "p2.scope"}),
    ),
    Case(
        workload_logs,
        [made(LogStore, "l1", retention_days=90), made(LogStore, "l2", retention_days=None)],
        [bad(made(LogStore, "l3", retention_days=14), says="keeps 14 days, limit 90")],
    ),
    Case(
        traffic,
        [made(Network, "n1", traffic_logged=True)],
        [bad(made(Network, "n2", traffic_logged=False), says="no record of its traffic")],
    ),
    Case(
        patched,
        [HOST, made(Host, "h9", running=False)],
        [
            bad(HOST.but(managed=False), says="nobody patches it"),
            bad(HOST.but(patch_scan_at=before(days=8)), says="last searched for missing patches 8 days before"),
            bad(HOST.but(patch_scan_at=None), says="never searched for missing patches"),
            bad(HOST.but(missing_patches=3), says="lacks 3 patches"),
        ],
    ),
    Case(
        not_open,
        [
            CRITICAL,
            made(Vulnerability, "v2", severity="critical", category="code", state="fixed"),
            made(Vulnerability, "v3", severity="high"),
            made(Vulnerability, "v4", severity="critical", category="secret"),
        ],
        [bad(CRITICAL.but(first_seen_at=before(days=16)), says="is open for 16 days, limit 15")],
    ),
    Case(
        passed_checks,
        [CHECKED, made(Change, "web/13", merged=False), made(Change, "web/1", merged=True, merged_at=before(days=366))],
        [
            bad(
                CHECKED.but(missing_checks=("build", "test")),
                says="web 12 was merged before these checks had passed: build",
            )
        ],
        spare=frozenset({"web/12.repository", "web/12.number"}),
    ),
    Case(
        deployments,
        [PRODUCTION, STAGING],
        [
            bad(PRODUCTION.but(approval_required=False), says="web is deployed without an approval"),
            bad(PRODUCTION.but(self_approval_blocked=False), says="can approve it alone"),
            bad(PRODUCTION.but(admins_bound=False), says="administrators can deploy web without an approval"),
        ],
        spare=frozenset({"web/Production.repository"}),
    ),
    Case(
        delivered,
        [made(LogSink, "t1", delivering=True)],
        [bad(made(LogSink, "t2", delivering=False), says="is off, or its last delivery failed")],
    ),
    Case(
        covering,
        [TRAIL],
        [
            bad(TRAIL.but(all_regions=False), says="leaves regions out"),
            bad(TRAIL.but(management_events=False), says="leaves management events out"),
        ],
    ),
    Case(
        tampering,
        [made(LogSink, "t1", integrity_checked=True)],
        [bad(made(LogSink, "t2", integrity_checked=False), says="would not be noticed")],
    ),
    Case(
        kept,
        [made(LogSink, "t1", retention_days=365), made(LogSink, "t2", retention_days=None)],
        [bad(made(LogSink, "t3", retention_days=90), says="is kept 90 days, limit 365")],
    ),
    Case(
        delivered_lately,
        [made(LogSink, "t1", last_delivered_at=before(hours=24))],
        [
            bad(made(LogSink, "t2", last_delivered_at=before(hours=24.5)), says="last delivered 24.5 hours before"),
            bad(made(LogSink, "t2", last_delivered_at=before(days=13000)), says="limit 24"),
            bad(made(LogSink, "t2", last_delivered_at=None), says="never delivered anything"),
            bad(made(LogSink, "t2", last_delivered_at=before(days=-9)), says="which lies after 2026-11-20"),
        ],
    ),
    Case(
        threats,
        [THREAT, made(Detector, "d9", category="vulnerability")],
        [bad(THREAT.but(enabled=False), says="is off in 1/eu-west-1")],
        spare=frozenset({"d1.scope", "d2.scope"}),
    ),
    Case(
        configuration,
        [RECORDER, made(Detector, "d9", category="threat")],
        [
            bad(RECORDER.but(enabled=False), says="is off in 1/eu-west-1"),
            bad(RECORDER.but(covers_all=False), says="leaves types of resources out in 1/eu-west-1"),
        ],
        spare=frozenset({"d1.scope", "d2.scope"}),
    ),
    Case(
        fixed,
        [
            WEAK,
            made(Vulnerability, "v2", category="code", severity="low", state="open"),
            made(Vulnerability, "v3", category="dependency", state="dismissed"),
            made(Vulnerability, "v4", category="secret"),
            made(
                Vulnerability, "v5", category="code", severity="high", state="fixed", closed_at=before(days=366)
            ),  # late, but before the window
            WEAK.but(state="fixed", closed_at=before(days=0)),
        ],
        [
            bad(WEAK.but(first_seen_at=before(days=16)), says="critical, not fixed 16 days after 2026-11-04, limit 15"),
            bad(WEAK.but(severity="high", first_seen_at=before(days=31)), says="high, not fixed 31 days"),
            bad(WEAK.but(severity="medium", first_seen_at=before(days=91)), says="medium, not fixed 91 days"),
            bad(
                WEAK.but(state="fixed", closed_at=before(days=20), first_seen_at=before(days=40)),
                says="critical, fixed 20 days after 2026-10-11, limit 15 days",
            ),
        ],
    ),
    Case(
        dismissals,
        [DISMISSED, made(Vulnerability, "v2", state="open")],
        [
            bad(DISMISSED.but(dismissed_by=None), says="by nobody named"),
            bad(DISMISSED.but(dismissed_reason=None), says="without a reason"),
            bad(DISMISSED.but(dismissed_reason=""), says="without a reason"),
            bad(DISMISSED.but(dismissed_reason=" "), says="without a reason"),
            bad(DISMISSED.but(dismissed_by=""), says="by nobody named"),
        ],
    ),
    Case(
        secrets,
        [LEAK, made(Vulnerability, "v2", category="code")],
        [bad(LEAK.but(state="open"), says="an alert about a secret in web is open")],
        spare=frozenset({"v1.asset"}),
    ),
    Case(
        dependency_alerts,
        [made(Repository, "web", archived=False, dependency_alerts=True), OLD],
        [bad(made(Repository, "infra", archived=False, dependency_alerts=False), says="vulnerable dependencies")],
    ),
    Case(
        secret_scanning,
        [made(Repository, "web", archived=False, secret_scanning=True), OLD],
        [bad(made(Repository, "infra", archived=False, secret_scanning=False), says="would not be noticed")],
    ),
    Case(
        acknowledged,
        [OUTAGE, made(Incident, "I2", severity="low", detected_at=before(hours=72), acknowledged_at=None)],
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
        [made(Incident, "I1", severity="high", commander_email="ann@acme.example")],
        [
            bad(made(Incident, "I2", severity="high", commander_email=None), says="nobody led the response"),
            bad(
                made(Incident, "I2", severity="sev1", commander_email="ann@acme.example"),
                says="none of critical, high, medium, low",
            ),
        ],
    ),
    Case(
        resolved,
        [CLOSED, made(Incident, "I2", detected_at=before(days=30), resolved_at=None)],
        [
            bad(
                CLOSED.but(resolved_at=before(days=59)),
                says="resolved 31 days after 2026-08-22, limit 30 days",
            ),
            bad(CLOSED.but(resolved_at=None), says="not resolved 90 days after 2026-08-22, limit 30 days"),
            bad(CLOSED.but(root_cause=None), says="without a root cause"),
            bad(CLOSED.but(resolved_at=before(days=400)), says="before it was detected"),
        ],
    ),
    Case(
        learnt,
        [LEARNT, made(Incident, "I2", severity="low", resolved_at=before(days=90))],
        [
            bad(LEARNT.but(postmortem_at=None), says="high, not reviewed 90 days after 2026-08-22, limit 14 days"),
            bad(LEARNT.but(postmortem_at=before(days=60)), says="high, reviewed 30 days after"),
            bad(LEARNT.but(postmortem_at=before(days=400)), says="before it was resolved"),
        ],
    ),
    Case(
        told,
        [TOLD, made(Incident, "I2", customers_affected=False)],
        [
            bad(TOLD.but(notified_at=None), says="customers were not told 216 hours after 2026-11-11, limit 72 hours"),
            bad(TOLD.but(notified_at=before(days=5)), says="customers were told 96 hours after"),
            bad(
                TOLD.but(notified_at=before(days=400)), says="customers were told on 2025-10-16, before it was detected"
            ),
        ],
    ),
    Case(
        approved,
        [MERGED, made(Change, "web/13", merged=False), made(Change, "web/1", merged=True, merged_at=before(days=366))],
        [
            bad(MERGED.but(entitled_approvers=("bob",)), says="approved only by cleo, who may not write there"),
            bad(AGENTS.but(approvers=("ann",)), says="approved only by ann, who wrote some of it or had it written"),
            bad(MERGED.but(merged_at=None, approvers=()), says="merged without an approval"),
            bad(MERGED.but(approvers=()), says="web 12, proposed by ann, was merged without an approval"),
            bad(MERGED.but(approvers=("BOB",)), says="approved only by BOB, who wrote some of it"),
            bad(MERGED.but(approvers=("ann",), commit_authors=()), says="approved only by ann"),
        ],
        spare=frozenset({"web/12.repository", "web/12.number"}),
    ),
    Case(
        came_by,
        [COMMIT, MERGED, made(Commit, "c0", committed_at=before(days=366))],
        [
            bad(COMMIT.but(change=None), says="6dcb09b5b578 of web came to the default branch without a change"),
            bad(COMMIT.but(change="web/13"), says="names a change that is not among those listed", certain=False),
            bad(MERGED.but(merged=False), deviates=["c1"], says="belongs to 12, which was not merged"),
            bad(MERGED.but(approvers=()), deviates=["c1"], says="belongs to 12, which was merged without an approval"),
            bad(AGENTS.but(approvers=("ann",)), deviates=["c1"], says="approved only by ann, who wrote some of it"),
            bad(MERGED.but(entitled_approvers=()), deviates=["c1"], says="approved only by cleo, who may not write"),
        ],
        spare=frozenset({"c1.repository", "c1.sha", "web/12.repository", "web/12.number", "web/12.merged_at"}),
    ),
    Case(
        review,
        [BRANCH, made(Repository, "locked", archived=False, protected=True, required_approvals=0, locked=True), OLD],
        [
            bad(BRANCH.but(protected=False), says="main takes changes without a reviewed pull request"),
            bad(BRANCH.but(required_approvals=0, locked=False), says="main demands 0 approvals, limit 1"),
        ],
        spare=frozenset({"web.default_branch"}),
    ),
    Case(
        binds,
        [BOUND, OLD],
        [
            bad(BOUND.but(admins_bound=False), says="the review that main demands can be bypassed"),
            bad(BOUND.but(force_push_blocked=False), says="the history of main can be rewritten"),
        ],
        spare=frozenset({"web.default_branch"}),
    ),
    Case(
        lapse,
        [made(Repository, "web", archived=False, stale_approvals_dismissed=True), OLD],
        [
            bad(
                made(Repository, "x", archived=False, stale_approvals_dismissed=False, locked=False),
                says="outlives the commits",
            )
        ],
    ),
    Case(
        checks,
        [made(Repository, "web", archived=False, required_checks=("test",)), OLD],
        [
            bad(
                made(Repository, "x", archived=False, default_branch="main", required_checks=(), locked=False),
                says="main demands no automated check",
            )
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
                says="ann@acme.example has left",
                certain=False,
            ),
        ],
    ),
    Case(
        examined,
        [
            made(Vendor, "okta", active=True, onboarded_at=before(days=9), diligence_at=before(days=9)),
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
        ],
    ),
    Case(
        assessed,
        [ASSESSED, ASSESSED.but(tier="low", assessed_at=before(days=730))],
        [
            bad(ASSESSED.but(assessed_at=before(days=366)), says="critical, last assessed 366 days before 2026-11-20"),
            bad(ASSESSED.but(tier="high", assessed_at=None), says="high, last assessed 900 days"),
            bad(ASSESSED.but(tier="medium", assessed_at=None, diligence_at=None), says="medium, never assessed"),
            bad(ASSESSED.but(tier="low", assessed_at=before(days=731)), says="low, last assessed 731 days"),
        ],
    ),
    Case(
        report,
        [
            REPORT,
            made(Vendor, "mailgrid", active=True, tier="medium"),
            REPORT.but(report_period_end=before(days=457), bridge_letter_until=before(days=0)),
        ],
        [
            bad(REPORT.but(report_type=None), says="its report is missing, not soc2_type2"),
            bad(REPORT.but(report_type="soc2_type1"), says="its report is soc2_type1"),
            bad(REPORT.but(report_opinion="adverse"), says="the opinion in its report is adverse"),
            bad(REPORT.but(report_opinion=None), says="the opinion in its report is missing"),
            bad(REPORT.but(report_period_end=None), says="never covered by a report"),
            bad(
                REPORT.but(report_period_end=before(days=366)),
                says="366 days before 2026-11-20, limit 365, with no bridge letter",
            ),
            bad(
                REPORT.but(report_period_end=before(days=458), bridge_letter_until=before(days=-30)),
                says="458 days before 2026-11-20, limit 457, with a bridge letter until 2026-12-20",
            ),
            bad(
                REPORT.but(report_period_end=before(days=400), bridge_letter_until=before(days=1)),
                says="limit 365, with a bridge letter until 2026-11-19",
            ),
        ],
    ),
    Case(
        exceptions,
        [NOTED, made(Vendor, "iso", active=True, report_type="iso27001", report_opinion=None, report_exceptions=None)],
        [
            bad(
                NOTED.but(exceptions_assessed=False),
                says="nobody judged 2 exceptions under an opinion that is unqualified",
            ),
            bad(
                NOTED.but(report_opinion="qualified", report_exceptions=0, exceptions_assessed=False),
                says="nobody judged 0 exceptions under an opinion that is qualified",
            ),
        ],
    ),
    Case(
        bound,
        [
            made(Vendor, "okta", active=True, personal_data=True, dpa_signed_at=before(days=9)),
            made(Vendor, "logo", active=True, personal_data=False),
        ],
        [
            bad(
                made(Vendor, "aws", active=True, personal_data=True, dpa_signed_at=None),
                says="without a data processing agreement",
            ),
            bad(
                made(Vendor, "aws", active=True, personal_data=True, dpa_signed_at=before(days=-3)),
                says="is dated 2026-11-23, which lies after 2026-11-20",
            ),
        ],
    ),
]
