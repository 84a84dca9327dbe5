"""Cases of CC1.3 and CC1.4: reporting lines, the chart of the organisation, roles and who is named for security."""

from policy_case import Case, bad, before, made
from policy_cases_accountability import CHAIR

from soc2test import OrganisationChart, Person, RoleDescription, Spell
from soc2test_policies.cc1.roles import test_roles_that_people_hold_are_described as described
from soc2test_policies.cc1.roles import test_somebody_is_named_for_security as named
from soc2test_policies.cc1.structure import test_people_report_to_somebody_who_works_here as reporting
from soc2test_policies.cc1.structure import test_the_organisation_chart_shows_who_works_here as chart

_ALWAYS = (Spell(started_at=before(days=999), ended_at=None),)
_GONE = (Spell(started_at=before(days=999), ended_at=before(days=50)),)
ANN = made(
    Person, "ann", name="Ann Head", email="ann@acme.example", role="Chief Executive", manager_email=None, active=True,
    started_at=before(days=999), ended_at=None, spells=_ALWAYS,
)  # fmt: skip
BOB = made(
    Person, "bob", **ANN.but(name="Bob Second", email="bob@acme.example", manager_email="Ann@acme.example").facts
).but(role="engineer; Security Officer,")
LEO = made(
    Person, "leo", **ANN.but(name="Leo Left", email="leo@acme.example", active=False, ended_at=before(days=50)).facts
).but(spells=_GONE, role="information security officer")  # fmt: skip
HEAD = made(
    RoleDescription, "head", title="chief executive", approved_by="joan@overseers.example",
    approved_at=before(days=150), reviewed_at=before(days=150), document="head.txt",
)  # fmt: skip
ENGINEER = made(
    RoleDescription, "engineer", title="Engineer", approved_by="ann@acme.example", approved_at=before(days=900),
    reviewed_at=before(days=365), document="engineer.txt",
)  # fmt: skip
SECURITY = made(RoleDescription, "security", **ENGINEER.but(title="security-officer").facts)
APPOINTED = made(
    RoleDescription, "security", title="security officer", approved_by="ann@acme.example", document="security.txt"
)
CHART = made(
    OrganisationChart, "2026", drawn_at=before(days=99), reviewed_at=before(days=49), reviewed_by="bob@acme.example",
    people=("ann@acme.example", "Bob@acme.example"), document="chart.pdf",
)  # fmt: skip


def _spare(id: str, facts: str) -> frozenset[str]:
    return frozenset(f"{id}.{fact}" for fact in facts.split())


CID = made(Person, "cid", **BOB.but(name="Cid Third", email="cid@acme.example").facts)
"""so that Ann leads somebody, whatever is planted of Bob"""

CASES = [
    Case(
        reporting,
        [ANN, BOB, CID, LEO],
        [
            bad(
                BOB.but(manager_email="leo@acme.example"),
                says="its manager leo@acme.example did not work here on 2026-11-20",
                certain=False,
            ),
            bad(
                BOB.but(manager_email="max@acme.example"),
                says="its manager max@acme.example is not in the register of people",
                certain=False,
            ),
            bad(
                BOB.but(manager_email="Bob@acme.example"),
                says="reports to the very person: Bob@acme.example",
            ),
            bad(
                ANN.but(manager_email="bob@acme.example"),
                deviates=["ann", "bob"],
                says="reports to the very person: bob@acme.example -> Ann@acme.example",
            ),
            bad(
                made(Person, "eve", **ANN.but(email="eve@acme.example").facts),
                says="has no manager and is at the head of nobody",
                certain=False,
            ),
            bad(
                BOB.but(manager_email=None),
                made(Person, "eve", **ANN.but(email="eve@acme.example").facts),
                deviates=["ann", "bob", "eve"],
                says="is one of 3 people without a manager, limit 2",
            ),
        ],
        spare=_spare("ann", "name role") | _spare("bob", "name role spells") | _spare("cid", "name role spells"),
    ),
    Case(
        described,
        [ANN, BOB, LEO, CHAIR, HEAD, ENGINEER, SECURITY],
        [
            bad(ANN.but(role=" , "), says="holds no role"),
            bad(
                ANN.but(role="chief executive, data officer"),
                says="the role of data officer is described nowhere",
                certain=False,
            ),
            bad(ANN, HEAD.but(document=None), says="Chief Executive: its description is no document", certain=False),
            bad(ANN, HEAD.but(approved_at=None), says="its description is not approved", certain=False),
            bad(
                ANN,
                HEAD.but(approved_at=before(days=-2)),
                says="of its description, approved on 2026-11-22, which lies after",
                certain=False,
            ),
            bad(ANN, HEAD.but(approved_by=None), says="nobody is named as approver", certain=False),
            bad(
                ANN,
                HEAD.but(approved_by="max@acme.example"),
                says="its approver max@acme.example is not in the register of people",
                certain=False,
            ),
            bad(
                ANN,
                HEAD.but(approved_by="leo@acme.example", approved_at=before(days=49)),
                says="its approver leo@acme.example did not work here on 2026-10-02",
                certain=False,
            ),
            bad(
                ANN,
                HEAD.but(reviewed_at=before(days=366)),
                says="its description was last reviewed 366 days before 2026-11-20, limit 365",
                certain=False,
            ),
            bad(
                BOB,
                SECURITY.but(reviewed_at=None),
                says="Security Officer: its description was never reviewed",
                certain=False,
            ),
        ],
        spare=_spare("ann", "name manager_email started_at")
        | _spare("bob", "name email manager_email started_at spells"),
    ),
    Case(
        named,
        [ANN, BOB, APPOINTED],
        [
            bad(
                BOB.but(role="engineer"), deviates=[], says="nobody who works here is named for security", certain=False
            ),
            bad(BOB.but(active=False), deviates=[], says="nobody who works here is named for security", certain=False),
            bad(
                BOB.but(started_at=before(days=-1)),
                deviates=[],
                says="nobody who works here is named for security",
                certain=False,
            ),
            bad(
                APPOINTED.but(approved_by="Bob@acme.example"),
                deviates=[],
                says="no description of the role that somebody else approved is kept of bob@acme.example, Security",
                certain=False,
            ),
            bad(
                APPOINTED.but(approved_by=None),
                deviates=[],
                says="no description of the role that somebody else approved",
                certain=False,
            ),
            bad(
                APPOINTED.but(document=None),
                deviates=[],
                says="no description of the role that somebody else approved",
                certain=False,
            ),
            bad(APPOINTED.but(title="engineer"), deviates=[], says="no description of the role", certain=False),
        ],
        spare=_spare("ann", "name email role manager_email active started_at ended_at spells")
        | _spare("bob", "name manager_email spells"),
    ),
    Case(
        chart,
        [ANN, BOB, LEO, CHART],
        [
            bad(CHART.but(document=None), says="the chart itself is not kept", certain=False),
            bad(CHART.but(reviewed_at=None), says="never reviewed", certain=False),
            bad(
                CHART.but(drawn_at=before(days=999), reviewed_at=before(days=366)),
                says="last reviewed 366 days before 2026-11-20, limit 365",
                certain=False,
            ),
            bad(
                CHART.but(reviewed_at=before(days=101)),
                says="reviewed on 2026-08-11, before it was drawn",
                certain=False,
            ),
            bad(CHART.but(reviewed_by=None), says="nobody is named as reviewer", certain=False),
            bad(
                CHART.but(reviewed_by="leo@acme.example"),
                says="its reviewer leo@acme.example did not work here on 2026-10-02",
                certain=False,
            ),
            bad(
                CHART.but(people=("ann@acme.example",)),
                says="on 2026-10-02, bob@acme.example is not on it",
                certain=False,
            ),
            bad(
                CHART.but(people=("ann@acme.example", "bob@acme.example", "leo@acme.example")),
                says="on 2026-10-02, leo@acme.example is on it, who did not work here",
                certain=False,
            ),
            bad(
                CHART.but(drawn_at=before(days=-1)), deviates=[], says="no organisation chart was drawn", certain=False
            ),
        ],
    ),
]
