"""Cases of CC6, second half, with A1 and C1: stores, keys, networks, devices, backups."""

from policy_case import Case, bad, before, made

from soc2test import (
    BackupPlan,
    DataStore,
    Device,
    EncryptionKey,
    Endpoint,
    Host,
    NetworkOpening,
    NetworkRule,
    Person,
    SharedStore,
)
from soc2test_policies.a1.backups import test_backups_succeed_in_time as in_time
from soc2test_policies.a1.backups import test_keys_of_backups_can_be_used as keys_of_backups
from soc2test_policies.a1.backups import test_no_backup_failed_last as not_failed
from soc2test_policies.a1.stores import test_important_stores_are_protected_from_deletion as undeletable
from soc2test_policies.a1.stores import test_important_stores_survive_a_zone as zones
from soc2test_policies.a1.stores import test_stores_are_backed_up as backed_up
from soc2test_policies.c1.confidential import test_access_to_confidential_stores_is_logged as logged
from soc2test_policies.c1.confidential import test_confidential_stores_use_our_own_keys as own_keys
from soc2test_policies.c1.labels import test_stores_are_classified_and_owned as labelled
from soc2test_policies.cc6.devices import test_devices_are_encrypted as disks
from soc2test_policies.cc6.devices import test_devices_are_protected as protected
from soc2test_policies.cc6.devices import test_devices_belong_to_an_active_person as devices_owned
from soc2test_policies.cc6.devices import test_devices_out_of_use_are_wiped as wiped
from soc2test_policies.cc6.encryption_keys import test_encryption_keys_rotate as keys_rotate
from soc2test_policies.cc6.endpoints import test_public_endpoints_speak_modern_tls as tls
from soc2test_policies.cc6.hosts import test_hosts_guard_their_metadata as metadata
from soc2test_policies.cc6.keys_in_use import test_keys_of_stores_can_be_used as keys_of_stores
from soc2test_policies.cc6.network import test_admin_ports_are_not_open_to_the_world as admin_ports
from soc2test_policies.cc6.network import test_database_ports_are_not_open_to_the_world as database_ports
from soc2test_policies.cc6.network_changes import test_nothing_was_opened_to_the_world as nothing_opened
from soc2test_policies.cc6.stores import test_stores_are_encrypted as encrypted
from soc2test_policies.cc6.stores import test_stores_are_not_public as not_public
from soc2test_policies.cc6.stores import test_stores_demand_tls as demand_tls
from soc2test_policies.cc6.stores import test_stores_let_in_no_strangers_by_name as strangers

ANN = made(Person, "ann", email="ann@acme.example", active=True, ended_at=None)
HTTPS = made(NetworkRule, "https", inbound=True, world=True, protocol="tcp", from_port=443, to_port=443)
INSIDE = made(NetworkRule, "inside", inbound=True, world=False)
PING = made(NetworkRule, "ping", inbound=True, world=True, protocol="icmp")
_NOT_ASKED_WHOM = frozenset({"https.world", "ping.world"})
"""Whom a rule lets in is asked where it covers one of the ports."""
ANY = made(NetworkRule, "any", inbound=True, world=True, protocol="all", from_port=None)
OPENED = made(
    NetworkOpening, "o", inbound=True, world=True, protocol="tcp", from_port=443, to_port=443, opened_at=before(days=3),
    closed_at=None, actor="ci",
)  # fmt: skip
KEY = made(
    EncryptionKey,
    "k1",
    customer_managed=True,
    enabled=True,
    symmetric=True,
    rotates=True,
    next_rotation_at=before(days=-366),
)
SITE = made(Endpoint, "site", public=True, tls=True, tls_policy="policy-2021", min_tls="1.2")
PLAN = made(
    BackupPlan, "daily", scheduled=True, last_success_at=before(hours=24), retention_days=7, interval_hours=24.0,
    longest_gap_hours=25.0,
)  # fmt: skip
NOW = made(
    BackupPlan, "now", scheduled=True, last_success_at=before(hours=-0.5), retention_days=None, interval_hours=1.0,
    longest_gap_hours=0.0,
)  # fmt: skip
LABELS = made(DataStore, "s1", classification="internal", owner="platform")
SECRET = made(DataStore, "s1", classification="confidential")
PUBLIC = made(DataStore, "s2", classification="public")
ORIGINAL = SECRET.but(copy=False)
OTHER = PUBLIC.but(copy=False, name="s3")

USED_KEY = made(EncryptionKey, "k1", deletion_pending=False, enabled=True)

PARTNERS = made(SharedStore, "s1", may_share=True, outsiders=("1", "9", "o-partner"))
CASES = [
    Case(
        strangers,
        [made(SharedStore, "s1", may_share=True, outsiders=()), made(SharedStore, "s2", may_share=False)],
        [bad(PARTNERS, says="its own policy, list or share lets in 1, 9, o-partner")],
    ),
    Case(
        not_public,
        [made(DataStore, "s1", public=False)],
        [bad(made(DataStore, "s2", public=True), says="anyone on the internet")],
    ),
    Case(
        encrypted,
        [made(DataStore, "s1", encrypted=True)],
        [bad(made(DataStore, "s2", encrypted=False), says="not encrypted at rest")],
    ),
    Case(
        demand_tls,
        [made(DataStore, "s1", tls_only=True)],
        [bad(made(DataStore, "s2", tls_only=False), says="connections without TLS")],
    ),
    Case(
        own_keys,
        [SECRET.but(customer_key=True), PUBLIC],
        [
            bad(SECRET.but(customer_key=False), says="labelled confidential and has no key of the company's own"),
            bad(SECRET.but(classification="Confidential ", customer_key=False), says="has no key of the company's own"),
        ],
    ),
    Case(
        logged,
        [ORIGINAL.but(access_logged=True), OTHER],
        [bad(ORIGINAL.but(access_logged=False), says="labelled confidential and access leaves no record")],
    ),
    Case(
        labelled,
        [LABELS, made(DataStore, "s2", classification=" Internal", owner="platform")],
        [
            bad(LABELS.but(classification="secret"), says="labelled secret, which is none of public, internal"),
            bad(LABELS.but(classification=None), says="class of data is not labelled"),
            bad(LABELS.but(owner=None), says="nobody is labelled as its owner"),
        ],
    ),
    Case(
        keys_rotate,
        [KEY, made(EncryptionKey, "theirs", customer_managed=False)],
        [
            bad(KEY.but(rotates=False), says="less often than once a year"),
            bad(KEY.but(next_rotation_at=before(days=-367)), says="limit 366 days"),
        ],
    ),
    Case(
        admin_ports,
        [HTTPS, INSIDE, PING, made(NetworkRule, "out", inbound=False)],
        [
            bad(HTTPS.but(from_port=22, to_port=22), says="opens tcp 22 to the whole internet"),
            bad(HTTPS.but(from_port=3380, to_port=3400), says="opens tcp 3389"),
            bad(HTTPS.but(protocol="udp", from_port=0, to_port=65535), says="opens udp 22, 23, 445"),
            bad(ANY, says="opens all 22, 23, 445"),
        ],
        spare=_NOT_ASKED_WHOM,
    ),
    Case(
        database_ports,
        [HTTPS, INSIDE, PING, made(NetworkRule, "out", inbound=False)],
        [
            bad(HTTPS.but(from_port=5432, to_port=5432), says="opens tcp 5432 to the whole internet"),
            bad(ANY, says="opens all 1433, 1434, 1521"),
        ],
        spare=_NOT_ASKED_WHOM,
    ),
    Case(
        nothing_opened,
        [OPENED],
        [
            bad(OPENED.but(from_port=22, to_port=22), says="opened tcp 22 to the whole internet on"),
            bad(OPENED.but(from_port=5432, to_port=5432, closed_at=before(days=2)), says=", closed 20"),
        ],
        spare=frozenset({"o.world", "o.inbound", "o.opened_at", "o.closed_at", "o.actor"}),
    ),
    Case(
        metadata,
        [made(Host, "i1", running=True, metadata_token_required=True), made(Host, "i2", running=False)],
        [bad(made(Host, "i3", running=True, metadata_token_required=False), says="without a session token")],
    ),
    Case(
        tls,
        [
            SITE,
            made(Endpoint, "redirect", public=True, tls=True, min_tls=None),
            made(Endpoint, "inside", public=False),
        ],
        [
            bad(SITE.but(tls=False), says="answers without TLS"),
            bad(SITE.but(min_tls="1.0"), says="policy-2021 allows TLS 1.0, limit 1.2"),
            bad(SITE.but(min_tls="1.1"), says="allows TLS 1.1"),
            bad(SITE.but(min_tls="0"), says="policy-2021 allows SSL"),
        ],
        spare=frozenset({"site.tls_policy"}),
    ),
    Case(
        disks,
        [made(Device, "C1", status="in_use", disk_encrypted=True), made(Device, "C2", status="stock")],
        [bad(made(Device, "C3", status="in_use", disk_encrypted=False), says="disk is not encrypted")],
    ),
    Case(
        protected,
        [made(Device, "C1", status="in_use", protected=True), made(Device, "C2", status="returned")],
        [bad(made(Device, "C3", status="in_use", protected=False), says="missing, stopped or silent")],
    ),
    Case(
        devices_owned,
        [ANN, made(Device, "C1", status="in_use", owner_email="ann@acme.example")],
        [
            bad(made(Device, "C2", status="in_use", owner_email=None), says="nobody is named as owner"),
            bad(
                made(Device, "C2", status="in_use", owner_email="leo@acme.example"),
                says="leo@acme.example is not in the register of people",
                certain=False,
            ),
        ],
    ),
    Case(
        wiped,
        [
            made(Device, "C1", status="returned", returned_at=before(days=3), wiped_at=before(days=1)),
            made(Device, "C2", status="in_use"),
            made(Device, "C4", status="lost", lost_at=before(days=3), wiped_at=before(days=3)),
            made(
                Device,
                "C5",
                status="disposed",
                returned_at=None,
                wiped_at=before(days=9),
                disposed_at=before(days=3),
            ),
        ],
        [
            *(
                bad(made(Device, "C3", status=status, wiped_at=None), says=f"is {status} and was not wiped")
                for status in ("returned", "lost", "disposed")
            ),
            *(
                bad(
                    made(Device, "C3", status=status, returned_at=before(days=3), wiped_at=None),
                    says=f"is {status}, came back on 2026-11-17, and was not wiped",
                )
                for status in ("stock", "in_use")
            ),
            bad(
                made(Device, "C3", status="returned", returned_at=before(days=31), wiped_at=None),
                says="not wiped 31 days after 2026-10-20, limit 30 days",
            ),
            bad(
                made(Device, "C3", status="returned", returned_at=before(days=40), wiped_at=before(days=9)),
                says="wiped 31 days after 2026-10-11, limit 30 days",
            ),
            bad(
                made(Device, "C3", status="returned", returned_at=before(days=3), wiped_at=before(days=30)),
                says="wiped on 2026-10-21, before it was returned on 2026-11-17",
            ),
            bad(
                made(Device, "C3", status="lost", lost_at=before(days=81), wiped_at=before(days=2)),
                says="wiped 79 days after 2026-08-31, limit 30 days",
            ),
            bad(
                made(Device, "C3", status="lost", lost_at=before(days=3), wiped_at=before(days=30)),
                says="wiped on 2026-10-21, before it was lost on 2026-11-17",
            ),
            bad(
                made(
                    Device,
                    "C3",
                    status="disposed",
                    returned_at=None,
                    wiped_at=before(days=3),
                    disposed_at=before(days=9),
                ),
                says="disposed of on 2026-11-11, before it was wiped on 2026-11-17",
            ),
        ],
    ),
    Case(
        in_time,
        [PLAN, NOW],
        [
            bad(
                PLAN.but(last_success_at=before(hours=24.5)),
                says="on 2026-11-19, 24.5 hours before 2026-11-20 12:00, limit 24",
            ),
            bad(PLAN.but(last_success_at=None), says="never completed"),
            bad(PLAN.but(last_success_at=before(hours=-2)), says="on 2026-11-20, which lies after 2026-11-20"),
            bad(PLAN.but(scheduled=False), says="runs by hand alone"),
            bad(PLAN.but(retention_days=6), says="keeps recovery points 6 days, limit 7"),
            bad(PLAN.but(interval_hours=24.5), says="starts every 24.5 hours by its schedule, limit 24"),
            bad(PLAN.but(longest_gap_hours=25.5), says="once without a new recovery point for 25.5 hours, limit 24"),
        ],
    ),
    Case(
        not_failed,
        [made(BackupPlan, "daily", last_job_failed=False)],
        [bad(made(BackupPlan, "weekly", last_job_failed=True), says="its last job failed")],
    ),
    Case(
        backed_up,
        [
            made(DataStore, "s1", copy=False, backed_up=True, backup_days=None),
            made(DataStore, "s3", copy=False, backed_up=True, backup_days=7),
        ],
        [
            bad(made(DataStore, "s2", copy=False, backed_up=False), says="no automatic backups and no versions"),
            bad(made(DataStore, "s2", copy=False, backed_up=True, backup_days=1), says="reach 1 days back, limit 7"),
        ],
    ),
    Case(
        keys_of_stores,
        [made(DataStore, "s1", encryption_key="k1"), made(DataStore, "s2", encryption_key=None), USED_KEY],
        [
            bad(USED_KEY.but(deletion_pending=True), says="its key k1 is on its way to deletion", deviates=["s1"]),
            bad(USED_KEY.but(enabled=False), says="its key k1 is off", deviates=["s1"]),
        ],
    ),
    Case(
        keys_of_backups,
        [made(BackupPlan, "daily", encryption_keys=("k1",)), made(BackupPlan, "plain", encryption_keys=()), USED_KEY],
        [
            bad(USED_KEY.but(deletion_pending=True), says="its key k1 is on its way to deletion", deviates=["daily"]),
            bad(USED_KEY.but(enabled=False), says="its key k1 is off", deviates=["daily"]),
        ],
    ),
    Case(
        undeletable,
        [ORIGINAL.but(deletion_protected=True, protected_days=None), OTHER],
        [
            bad(ORIGINAL.but(deletion_protected=False), says="can be deleted by a slip, and is labelled confidential"),
            bad(ORIGINAL.but(deletion_protected=True, protected_days=6), says="is locked for 6 days, limit 7, and is"),
        ],
    ),
    Case(
        zones,
        [ORIGINAL.but(multi_zone=True), OTHER],
        [bad(ORIGINAL.but(multi_zone=False), says="lies in a single zone, and is labelled confidential")],
    ),
]
