"""Cases of CC2.1 and CC5.2: the inventory of systems."""

from policy_case import Case, bad, before, made
from policy_cases_examinations import ANN, BOB, LEO, ORDERS, TOYS

from soc2test import DataStore, Host, PolicyDocument, Repository, System, Workload
from soc2test_policies.cc2.assets import test_assets_of_the_inventory_are_there as there
from soc2test_policies.cc2.assets import test_hosts_belong_to_a_system as hosts
from soc2test_policies.cc2.assets import test_repositories_belong_to_a_system as repositories
from soc2test_policies.cc2.assets import test_stores_belong_to_a_system as stores
from soc2test_policies.cc2.assets import test_workloads_belong_to_a_system as workloads
from soc2test_policies.cc5.systems import test_systems_follow_a_life_cycle_and_have_security_requirements as built
from soc2test_policies.cc5.systems import test_systems_have_an_active_owner as owned

SHOP = made(
    System, "shop", environment="production", owner_email="ann@acme.example", reviewed_at=before(days=365),
    life_cycle="P1", requirements_document="r.txt", requirements_by="bob@acme.example", requirements_at=before(days=900),
)  # fmt: skip
LAB = made(System, "lab", environment="development", criticality="high", assets=("toys",))
CYCLE = made(
    PolicyDocument, "P1", topic="secure-development", approved_at=before(days=700), reviewed_at=before(days=365)
)
PARTS = made(System, "shop", assets=("orders", "web-*"))
_STARTED = frozenset(f"{id}.{fact}" for id in ("ann", "bob") for fact in ("name", "employment", "started_at"))


CASES = [
    Case(
        owned,
        [ANN, SHOP],
        [
            bad(SHOP.but(owner_email=None), says="nobody is named as owner"),
            bad(LEO, SHOP.but(owner_email="leo@acme.example"), says="leo@acme.example has left", certain=False),
            bad(SHOP.but(reviewed_at=before(days=366)), says="last reviewed 366 days before"),
            bad(SHOP.but(reviewed_at=None), says="never reviewed"),
        ],
        spare=_STARTED
        | {"ann.spells"}
        | {f"shop.{fact}" for fact in SHOP.facts if fact not in ("owner_email", "reviewed_at")},
    ),
    Case(
        built,
        [ANN, BOB, SHOP, CYCLE, LAB, ORDERS, TOYS],
        [
            bad(CYCLE.but(topic="code-of-conduct"), deviates=["shop"], says="of another topic than", certain=False),
            bad(LAB.but(criticality="critical", life_cycle=None), says="no policy says how it is developed"),
            bad(LAB.but(assets=("orders",), life_cycle=None), says="no policy says how it is developed"),
            bad(LAB.but(life_cycle=None), TOYS.but(classification="Confidential"), says="no policy says how"),
            bad(SHOP.but(life_cycle=None), says="no policy says how it is developed"),
            bad(SHOP.but(life_cycle="P9"), says="its life cycle P9 is no policy of the register", certain=False),
            bad(CYCLE.but(approved_at=None), deviates=["shop"], says="P1 is not approved", certain=False),
            bad(CYCLE.but(approved_at=before(days=-9)), deviates=["shop"], says="P1 is not approved", certain=False),
            bad(CYCLE.but(reviewed_at=before(days=366)), deviates=["shop"], says="for 365 days", certain=False),
            bad(SHOP.but(requirements_document=None), says="there is no document"),
            bad(SHOP.but(requirements_at=None), says="are not approved"),
            bad(SHOP.but(requirements_at=before(days=-9)), says="requirements: approved on 2026-11-29, which lies"),
            bad(SHOP.but(requirements_by=None), says="nobody is named as approver"),
            bad(SHOP.but(requirements_by="x@acme.example"), says="not in the register of people", certain=False),
            bad(SHOP.but(requirements_by="Ann@acme.example"), says="by its owner alone"),
        ],
        spare=_STARTED
        | {"arn:orders.classification"}
        | {"shop.reviewed_at", "ann.email", "ann.active", "ann.ended_at", "ann.spells", "bob.active", "bob.ended_at"},
    ),
    Case(
        stores,
        [PARTS, made(DataStore, "arn:orders", name="orders", copy=False), made(DataStore, "copy", copy=True)],
        [bad(made(DataStore, "arn:new", name="new", copy=False), says="new belongs to no system", certain=False)],
    ),
    Case(
        hosts,
        [PARTS, made(Host, "i-1", name="web-1", running=True), made(Host, "i-2", running=False)],
        [bad(made(Host, "i-3", name="miner", running=True), says="miner belongs to no system", certain=False)],
    ),
    Case(
        repositories,
        [PARTS, made(Repository, "r1", name="orders", archived=False), made(Repository, "r2", archived=True)],
        [bad(made(Repository, "r3", name="toy", archived=False), says="toy belongs to no system", certain=False)],
    ),
    Case(
        workloads,
        [PARTS, made(Workload, "w1", name="orders")],
        [
            bad(made(Workload, "w2", name="we-b"), says="we-b belongs to no system", certain=False),
            bad(
                made(Workload, "w2", name="web-shell"),
                says="web-shell is named by no system of the register but as one of all that begin so: web-*",
                certain=False,
            ),
        ],
    ),
    Case(
        there,
        [
            made(System, "shop", assets=("orders", "web-*", "r1", "front")),
            made(DataStore, "arn:orders", name="orders"),
            made(Host, "i-1", name="web-1"),
            made(Repository, "r1", name="web"),
            made(Workload, "w1", name="front"),
        ],
        [
            bad(made(System, "lab", assets=()), says="names no asset"),
            bad(
                made(System, "lab", assets=("orders", "gone")), says="names gone, which no export shows", certain=False
            ),
            bad(made(System, "lab", assets=("we*",)), says="names we*, which no export shows", certain=False),
        ],
    ),
]
