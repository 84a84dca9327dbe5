"""Cases of CC7 and CC8: logs, detectors, vulnerabilities, changes."""

from policy_case import Case, bad, before, made

from soc2test import (
    Alarm,
    Approval,
    Change,
    Commit,
    Detector,
    Environment,
    Host,
    LogSink,
    LogStore,
    Network,
    Person,
    PostureCheck,
    Repository,
    Reviewer,
    Spell,
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

THREAT = made(Detector, "d1", category="threat", enabled=True, scope="1/eu-west-1")
RECORDER = made(
    Detector, "d2", category="configuration", enabled=True, covers_all=True, on_since=before(days=365),
    scope="1/eu-west-1",
)  # fmt: skip
BENCHMARK = made(PostureCheck, "p1", category="benchmark", enabled=True, scope="1/eu-west-1")
OUTSIDE = made(PostureCheck, "p2", category="external_access", enabled=True, scope="1/eu-west-1")
HOST = made(Host, "h1", running=True, managed=True, missing_patches=0, patch_scan_at=before(days=7))
LACKING = HOST.but(missing_patches=3, untried_patches=3, patched_at=before(days=7))
SILENT = made(LogSink, "t2", last_delivered_at=before(hours=1), recording_since=before(days=365))
TRAIL = made(LogSink, "t1", all_regions=True, management_events=True)
WEAK = made(
    Vulnerability, "v1", category="dependency", state="open", severity="critical", closed_at=None,
    first_seen_at=before(days=15),
)  # fmt: skip
DISMISSED = made(Vulnerability, "v1", state="dismissed", dismissed_by="ann", dismissed_reason="test code only")
LEAK = made(Vulnerability, "v1", category="secret", state="fixed", asset="web")
MERGED = made(
    Change, "web/12", repository="web", number=12, merged=True, merged_at=before(days=365), author="ann",
    commit_authors=("ann", "bob"), requesters=(), approvers=("Bob", "cleo"), entitled_approvers=("cleo",),
    approvals=(Approval(login="Bob", at=before(days=366)), Approval(login="cleo", at=before(days=366))),
)  # fmt: skip
WORKS = (Spell(started_at=before(days=900), ended_at=None),)
ENDED = (Spell(started_at=before(days=900), ended_at=before(days=367)),)
ANN = made(Person, "ann@a.example", email="ann@a.example", accounts=("test:ann",), machine_accounts=())
BOB = made(Person, "bob@a.example", email="bob@a.example", accounts=("test:Bob",), machine_accounts=())
CLEO = made(
    Person, "cleo@a.example", email="cleo@a.example", accounts=("test:cleo",), machine_accounts=(), spells=WORKS,
    active=True,
)  # fmt: skip
DAN = made(Person, "dan@a.example", email="dan@a.example", active=False, ended_at=before(days=1))
CHECKED = made(
    Change,
    "web/12",
    repository="web",
    number=12,
    merged=True,
    merged_at=before(days=365),
    missing_checks=(),
    skipped_checks=(),
)
AGENTS = MERGED.but(author="agent[bot]", commit_authors=("agent[bot]",), requesters=("ann",))
COMMIT = made(
    Commit, "c1", repository="web", sha="6dcb09b5b57875f3", committed_at=before(days=365), change="web/12", author="ann",
    squashed=True,
)  # fmt: skip
PRODUCTION = made(
    Environment, "web/Production", name="Production", repository="web", approval_required=True,
    self_approval_blocked=True, admins_bound=True, reviewers=(Reviewer(login="cleo", human=True),), reviewing_teams=(),
)  # fmt: skip
HERE = CLEO.but(started_at=before(days=900), ended_at=None)
STAGING = made(Environment, "web/staging", name="staging", repository="web")
IN_USE = made(Repository, "web", name="web", archived=False)
BRANCH = made(Repository, "web", archived=False, default_branch="main", protected=True, required_approvals=1)
BOUND = made(Repository, "web", archived=False, default_branch="main", admins_bound=True, force_push_blocked=True)
OLD = made(Repository, "old", archived=True)

CRITICAL = made(Vulnerability, "v1", severity="critical", category="image", state="open", first_seen_at=before(days=15))
CASES = [
    Case(
        reach,
        [made(Alarm, "a1", notifies=True, told_by_mail=("on-call@a.example", "dan@a.example")), ANN, DAN],
        [
            bad(made(Alarm, "a2", notifies=False), says="goes off without telling anybody"),
            bad(
                made(Alarm, "a2", notifies=True, told_by_mail=("dan@a.example",)),
                says="tells dan@a.example alone, who left",
            ),
        ],
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
            bad(LACKING.but(patched_at=None), says="lacks 3 patches"),
            bad(LACKING.but(patched_at=before(days=8)), says="lacks 3 patches"),
            bad(LACKING.but(untried_patches=2), says="lacks 3 patches"),
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
            ),
            bad(CHECKED.but(skipped_checks=("build",)), says="web 12 was merged with all of its checks skipped: build"),
        ],
        spare=frozenset({"web/12.repository", "web/12.number"}),
    ),
    Case(
        deployments,
        [PRODUCTION, STAGING, IN_USE, made(Repository, "web/lib", name="lib", archived=False), HERE],
        [
            bad(PRODUCTION.but(approval_required=False), says="web is deployed without an approval"),
            bad(PRODUCTION.but(name="prd", approval_required=False), says="web is deployed without an approval"),
            bad(PRODUCTION.but(name="prod2-eu", approval_required=False), says="web is deployed without an approval"),
            bad(PRODUCTION.but(self_approval_blocked=False), says="can approve it alone"),
            bad(PRODUCTION.but(admins_bound=False), says="administrators can deploy web without an approval"),
            bad(
                PRODUCTION.but(reviewers=(Reviewer(login="ops", human=False),)),
                says="with the approval of a machine alone: ops",
            ),
            bad(
                HERE.but(machine_accounts=("test:cleo",)),
                deviates=["web/Production"],
                says="with the approval of a machine alone: cleo",
            ),
            bad(
                HERE.but(active=False),
                deviates=["web/Production"],
                says="with the approval of nobody who works here: cleo",
                certain=False,
            ),
        ],
        spare=frozenset({"web.archived", "web/lib.archived"}),
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
        [SILENT.but(last_delivered_at=before(hours=24))],
        [
            bad(SILENT.but(last_delivered_at=before(hours=24.5)), says="last delivered 24.5 hours before"),
            bad(SILENT.but(last_delivered_at=before(days=13000)), says="limit 24"),
            bad(SILENT.but(last_delivered_at=None), says="never delivered anything"),
            bad(SILENT.but(last_delivered_at=before(days=-9)), says="which lies after 2026-11-20"),
            bad(SILENT.but(recording_since=None), says="is off"),
            bad(
                SILENT.but(recording_since=before(days=2)),
                says="was switched on 2 days before 2026-11-20, limit 365, and recorded nothing before that",
            ),
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
            bad(RECORDER.but(on_since=None), says="is off in 1/eu-west-1"),
            bad(RECORDER.but(on_since=before(days=-9)), says="switched on on 2026-11-29, which lies after 2026-11-20"),
            bad(
                RECORDER.but(on_since=before(days=364)),
                says="was switched on 364 days before 2026-11-20, limit 365, and recorded nothing before that in 1/eu",
            ),
        ],
        spare=frozenset({"d1.scope", "d2.scope"}),
    ),
    Case(
        fixed,
        [
            WEAK,
            made(Vulnerability, "v2", category="code", severity="low", state="open"),
            WEAK.but(state="dismissed", first_seen_at=before(days=40), closed_at=before(days=25)),
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
            bad(
                WEAK.but(state="dismissed", closed_at=before(days=20), first_seen_at=before(days=40)),
                says="critical, dismissed 20 days after 2026-10-11, limit 15 days",
            ),
            bad(
                WEAK.but(closed_at=before(days=366), first_seen_at=before(days=370)),  # open, whatever else is told
                says="critical, not fixed 370 days",
            ),
        ],
    ),
    Case(
        dismissals,
        [
            DISMISSED,
            DISMISSED.but(dismissed_reason="tolerable_risk"),
            DISMISSED.but(dismissed_reason="low risk at this time"),
            made(Vulnerability, "v2", state="open"),
        ],
        [
            bad(DISMISSED.but(dismissed_by=None), says="by nobody named"),
            bad(DISMISSED.but(dismissed_reason=None), says="without a reason"),
            bad(DISMISSED.but(dismissed_reason=""), says="without a reason"),
            bad(DISMISSED.but(dismissed_reason=" "), says="without a reason"),
            bad(DISMISSED.but(dismissed_by=""), says="by nobody named"),
            bad(DISMISSED.but(dismissed_reason="no_bandwidth"), says="while the weakness is still there: no_bandwidth"),
            bad(DISMISSED.but(dismissed_reason="fix_started"), says="still there: fix_started"),
            bad(DISMISSED.but(dismissed_reason="Will be fixed later"), says="still there: Will be fixed later"),
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
        approved,
        [
            MERGED,
            made(Change, "web/13", merged=False),
            made(Change, "web/1", merged=True, merged_at=before(days=366)),
            ANN,
            BOB,
            CLEO,
        ],
        [
            bad(
                ANN.but(accounts=("test:ann", "test:cleo")),
                deviates=["web/12"],
                says="cleo, an account of who wrote",
            ),
            bad(CLEO.but(spells=ENDED, active=False), deviates=["web/12"], says="somebody who did not work here then"),
            bad(
                BOB.but(accounts=("test:Bob", "test:cleo"), machine_accounts=("test:cleo",)),
                CLEO.but(accounts=()),
                deviates=["web/12"],
                says="cleo, an account of who wrote some of it",
            ),
            bad(
                made(Person, "dan@a.example", email="dan@a.example", accounts=(), machine_accounts=("test:cleo",)),
                deviates=["web/12"],
                says="approved by no other person: cleo is an account of a machine",
            ),
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
        [COMMIT, MERGED, made(Commit, "c0", committed_at=before(days=366)), ANN, BOB, CLEO],
        [
            bad(COMMIT.but(author="Cleo"), says="approved only by cleo, an account of who wrote some of it"),
            bad(COMMIT.but(change=None), says="6dcb09b5b578 of web came to the default branch without a change"),
            bad(COMMIT.but(change="web/13"), says="names a change that is not among those listed", certain=False),
            bad(ANN.but(accounts=("test:ann", "test:cleo")), deviates=["c1"], says="cleo, an account of who wrote"),
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
]
