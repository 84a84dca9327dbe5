"""Cases of CC6.4: badges, their reviews, visits and sites."""

from policy_case import Case, bad, before, made

from soc2test import Badge, BadgeReview, Person, Site, Spell, Vendor, Visit
from soc2test_policies.cc6.badge_reviews import test_badges_are_reviewed_each_quarter as quarterly
from soc2test_policies.cc6.badge_reviews import test_reviews_of_badges_are_complete as complete
from soc2test_policies.cc6.badges import test_badges_are_approved_and_held_by_active_people as held
from soc2test_policies.cc6.badges import test_badges_of_leavers_are_switched_off as leavers
from soc2test_policies.cc6.sites import test_sites_have_an_owner_and_doors as doors
from soc2test_policies.cc6.sites import test_visitors_are_logged_and_accompanied as visitors

SINCE = (Spell(started_at=before(days=900), ended_at=None),)
ANN = made(
    Person, "ann", email="ann@acme.example", name="Ann Old", active=True, ended_at=None, spells=SINCE
)  # fmt: skip
MAX = made(
    Person, "max", email="max@acme.example", name="Max Lead", active=True, ended_at=None, spells=SINCE
)  # fmt: skip
BADGE = made(
    Badge, "B-1", holder_email="ann@acme.example", active=True, issued_at=before(days=300),
    approved_by="max@acme.example", approved_at=before(days=302), sites=("office",),
)  # fmt: skip
REPLACED = made(
    Badge, "B-0", **BADGE.but(active=False, issued_at=before(days=600), approved_at=before(days=601)).facts
)  # fmt: skip
GONE = made(Person, "leo", email="leo@acme.example", active=False, ended_at=before(days=20))
OFF = made(
    Badge, "B-2", holder_email="leo@acme.example", active=False, issued_at=before(days=500), disabled_at=before(days=20)
)
OFFICE = made(Site, "office", operated_by=None, opened_at=before(days=900), closed_at=None)
SINCE_BADGE = made(Badge, "B-1", sites=("office",), issued_at=before(days=930))
SINCE_VISIT = made(Visit, "V-1", site="office", arrived_at=before(days=930))
LAB = made(Site, "lab", operated_by="cloud", opened_at=before(days=900), closed_at=before(days=400))
QUARTERS = [
    made(BadgeReview, f"R{number}", sites=("office",), reviewed_at=before(days=days))
    for number, days in enumerate((400, 310, 215, 120), start=1)
]
REVIEW = made(
    BadgeReview, "R9", sites=("office",), reviewer_email="max@acme.example", reviewed_at=before(days=30),
    kept=("B-1",), revoked=("B-3",),
)  # fmt: skip
KEPT = made(Badge, "B-1", sites=("office",), active=True, issued_at=before(days=300), disabled_at=None)
REVOKED = made(Badge, "B-3", sites=("office",), active=False, issued_at=before(days=300), disabled_at=before(days=25))
ELSEWHERE = made(Badge, "B-4", sites=("lab",), active=True, issued_at=before(days=300), disabled_at=None)
VISIT = made(
    Visit, "V-1", site="office", visitor="An engineer", host_email="max@acme.example", arrived_at=before(days=50),
    left_at=before(days=49.9),
)  # fmt: skip
HOSTED = made(Site, "region", owner_email="ann@acme.example", operated_by="cloud", closed_at=None)
OWNED = made(Site, "office", owner_email="ann@acme.example", operated_by=None, closed_at=None)
CLOUD = made(Vendor, "cloud", active=True, subservice=True)
OPENS = made(Badge, "B-1", sites=("office",), active=True)

CASES = [
    Case(
        held,
        [BADGE, REPLACED, ANN, MAX, OFFICE, LAB],
        [
            bad(
                REPLACED.but(active=True), deviates=["B-0"], certain=False,
                says="is active, and ann@acme.example has B-1 for office too, which was issued later, on 2026-01-24",
            ),
            bad(BADGE.but(sites=()), says="nothing says of which site"),
            bad(BADGE.but(sites=("office", "attic")), says="opens attic, which is no site of", certain=False),
            bad(OFFICE.but(closed_at=before(days=1)), deviates=["B-1"], says="opens office, which by the register"),
            bad(
                BADGE.but(sites=("lab",)), says="opens lab, where by the register of sites cloud lets people in"
            ),
            bad(
                ANN.but(spells=(Spell(started_at=before(days=269), ended_at=None),)), deviates=["B-1"], certain=False,
                says="was issued on 2026-01-24, when its holder ann@acme.example did not work here",
            ),
            bad(BADGE.but(holder_email=None), says="nobody is named as its holder"),
            bad(BADGE.but(holder_email="zoe@acme.example"), says="its holder zoe@acme.example is not in", certain=False),
            bad(ANN.but(active=False, ended_at=before(days=2)), deviates=["B-1"], says="has left", certain=False),
            bad(BADGE.but(approved_by=None), says="nobody approved it"),
            bad(BADGE.but(approved_at=None), says="nothing says when max@acme.example approved it"),
            bad(BADGE.but(approved_by="ANN@acme.example"), says="ANN@acme.example approved a badge of their own"),
            bad(BADGE.but(approved_at=before(days=298)), says="was issued on 2026-01-24, before it was approved on"),
            bad(BADGE.but(issued_at=before(days=-3)), says="issued on 2026-11-23, which lies after 2026-11-20"),
            bad(
                MAX.but(spells=(Spell(started_at=before(days=301), ended_at=None),)), deviates=["B-1"], certain=False,
                says="its approver max@acme.example did not work here on 2026-01-22",
            ),
        ],
        spare=frozenset({"office.opened_at"} | {f"lab.{fact}" for fact in LAB.facts}),
    ),
    Case(
        leavers,
        [GONE, OFF],
        [
            bad(
                OFF.but(disabled_at=before(days=18)), deviates=["leo"],
                says="badge B-2 was switched off 48 hours after 2026-10-31, limit 24 hours",
            ),
            bad(
                OFF.but(active=True, disabled_at=None), deviates=["leo"],
                says="badge B-2 was not switched off 480 hours after 2026-10-31, limit 24 hours",
            ),
            bad(OFF.but(disabled_at=before(days=-4)), deviates=["leo"], says="which lies after 2026-11-20"),
            bad(GONE.but(ended_at=None), says="the register does not say when"),
        ],
        spare=frozenset({"leo.active", "B-2.issued_at"}),
    ),
    Case(
        quarterly,
        [OFFICE, *QUARTERS, SINCE_BADGE, SINCE_VISIT, LAB],
        [
            bad(
                OFFICE.but(opened_at=before(days=398)), deviates=[],
                says="office is said to be in use since 2025-10-18, and review R1 of 2025-10-16 is older",
            ),
            bad(
                SINCE_BADGE.but(issued_at=before(days=931)), deviates=[], certain=False,
                says="in use since 2024-06-03, and badge B-1 of 2024-05-03 is older",
            ),
            bad(
                SINCE_VISIT.but(arrived_at=before(days=931)), deviates=[],
                says="in use since 2024-06-03, and visit V-1 of 2024-05-03 is older",
            ),
            bad(drop=["R2"], deviates=[], says="no review of the badges of office in Q1 2026", certain=False),
            bad(
                QUARTERS[2].but(sites=("lab",)), deviates=[], says="no review of the badges of office in Q2 2026",
                certain=False,
            ),
        ],
    ),
    Case(
        complete,
        [REVIEW, KEPT, REVOKED, ELSEWHERE, MAX],
        [
            bad(REVIEW.but(kept=()), says="of 2026-10-21: did not decide on badge B-1"),
            bad(REVIEW.but(kept=("B-1", "B-3")), says="of 2026-10-21: both kept and revoked B-3"),
            bad(REVIEW.but(kept=("B-1", "B-8")), says="decided on a badge that no list holds", certain=False),
            bad(KEPT.but(issued_at=before(days=28)), deviates=["R9"], says="badge B-1, which was off or not issued yet"),
            bad(KEPT.but(active=False, disabled_at=before(days=32)), deviates=["R9"], says="which was off or not issued"),
            bad(
                REVOKED.but(disabled_at=before(days=22)), deviates=["R9"],
                says="badge B-3, which it revoked, was switched off 8 days after 2026-10-21, limit 7 days",
            ),
            bad(
                REVOKED.but(active=True, disabled_at=None), deviates=["R9"],
                says="which it revoked, was not switched off 30 days after 2026-10-21, limit 7 days",
            ),
            bad(REVIEW.but(reviewer_email="zoe@acme.example"), says="its reviewer zoe@acme.example", certain=False),
            bad(REVIEW.but(reviewed_at=before(days=-9)), says="reviewed on 2026-11-29, which lies after 2026-11-20"),
        ],
    ),
    Case(
        visitors,
        [VISIT, made(Site, "office", operated_by=None, closed_at=None), MAX],
        [
            bad(VISIT.but(visitor=None), says="the log does not say who came"),
            bad(VISIT.but(host_email=None), says="nobody is named as host"),
            bad(VISIT.but(host_email="zoe@acme.example"), says="its host zoe@acme.example is not in", certain=False),
            bad(
                MAX.but(spells=(Spell(started_at=before(days=40), ended_at=None),)), deviates=["V-1"], certain=False,
                says="its host max@acme.example did not work here on 2026-10-01",
            ),
            bad(VISIT.but(left_at=None), says="not left 1200 hours after 2026-10-01, limit 24 hours"),
            bad(VISIT.but(left_at=before(days=48)), says="left 48 hours after 2026-10-01, limit 24 hours"),
            bad(VISIT.but(left_at=before(days=52)), says="left on 2026-09-29, before it was arrived on 2026-10-01"),
            bad(VISIT.but(site="attic"), says="was at attic, which is no site of the register", certain=False),
        ],
    ),
    Case(
        doors,
        [OWNED, HOSTED, OPENS, CLOUD, ANN],
        [
            bad(OWNED.but(owner_email=None), says="nobody is named as owner"),
            bad(HOSTED.but(owner_email="zoe@acme.example"), says="its owner zoe@acme.example is not", certain=False),
            bad(OPENS.but(active=False), deviates=["office"], says="no badge that is listed opens it", certain=False),
            bad(OPENS.but(sites=("lab",)), deviates=["office"], says="no badge that is listed opens it", certain=False),
            bad(CLOUD.but(active=False), deviates=["region"], says="cloud, which is no vendor in use", certain=False),
            bad(
                CLOUD.but(subservice=False), deviates=["region"], says="cloud, whose controls nobody watches",
                certain=False,
            ),
            bad(HOSTED.but(operated_by="attic"), says="attic, which is no vendor in use", certain=False),
        ],
    ),
]  # fmt: skip
