"""People, their devices and their training."""

from datetime import datetime

import msgspec

from soc2test.resources.resource import Resource

__all__ = ["Device", "Person", "Spell", "TrainingRecord"]


class Spell(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A time of a person's work without a break; who comes back begins another."""

    started_at: datetime
    ended_at: datetime | None
    """None: it goes on"""


class Person(Resource, frozen=True, gc=False, kw_only=True):
    """A human being who works for the company, contractors too, and those who left; id is the e-mail address.

    Of who came back `active`, `started_at` and `ended_at` are of the last spell.
    """

    name: str
    email: str
    employment: str
    """"employee" or "contractor\""""
    active: bool
    """works here at the time of the register"""
    role: str
    manager_email: str | None
    started_at: datetime
    ended_at: datetime | None
    """end of work; None while there is none"""
    background_check_at: datetime | None
    nda_signed_at: datetime | None
    code_of_conduct_version: str | None
    """the version acknowledged last; None: never acknowledged"""
    code_of_conduct_at: datetime | None
    accounts: tuple[str, ...]
    """accounts used or answered for, beside those with the e-mail address: "github:login", "aws:user\""""
    machine_accounts: tuple[str, ...]
    """those of them that programs work with, and nobody signs in: the person answers for them"""
    spells: tuple[Spell, ...]
    """all times of work, the oldest first"""
    stays_listed: bool
    """who left goes on being listed, so that a list in which nobody has left says something"""


class Device(Resource, frozen=True, gc=False, kw_only=True):
    """A laptop, phone or workstation that people work on; id is the serial number."""

    name: str
    owner_email: str | None
    status: str
    """"in_use", "stock", "returned", "lost", "disposed\""""
    disk_encrypted: bool
    protected: bool
    """endpoint protection (EDR) is installed, running and reports"""
    returned_at: datetime | None
    """when its last holder gave it back; None: nobody says so"""
    lost_at: datetime | None
    """when it was lost or stolen; None: nobody says so"""
    disposed_at: datetime | None
    """when it left the company for good; None: nobody says so"""
    wiped_at: datetime | None
    """when its data was erased last; None: it was not"""
    wipe_shown_in: str | None
    """file of what the device management, or the tool that erased it, says of that wipe; None: there is none"""


class TrainingRecord(Resource, frozen=True, gc=False, kw_only=True):
    """One person's completion of one course; id is "e-mail/course".

    That somebody completed a course says that they attended; a score or a certificate says with what result.
    """

    person_email: str
    course: str
    completed_at: datetime | None
    """None: assigned, not done"""
    first_completed_at: datetime | None
    """when it was completed first, where it was completed again since; None: it was not, or nobody says"""
    score: int | None
    """what the course's own test gave; None: there was none"""
    pass_mark: int | None
    """the least score that passes it, by the same scale"""
    certificate: str | None
    """file of the certificate or record of completion that the course's provider issued; None: there is none"""
