"""Sign-ins: which device each was made with."""

from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from soc2test import Identity, Population, SeenDevice, SignIn, UnknownFact, control, deviation
from soc2test_policies._ages import day, in_window
from soc2test_policies._joins import told

_CLOCKS_DIFFER = timedelta(minutes=5)
_naming: WeakKeyDictionary[Population[SignIn], set[tuple[str, str]]] = WeakKeyDictionary()
"""The organisations whose logs name devices: many sign-ins are asked in one population, which never changes."""


def _lately(sign_in: SignIn, limits: Any, as_of: datetime) -> bool:
    return in_window(sign_in.happened_at, limits.window_days, as_of)


def sign_ins_are_all_logged(
    identities: Population[Identity], sign_ins: Population[SignIn], limits: Any, as_of: datetime
) -> None:
    """The log holds the last use of each account that its list tells, and reaches back over the window.

    A log that was cut, or asked for some people alone, tells of no sign-in that it lacks.
    """
    latest: dict[str, datetime] = {}
    for sign_in in sign_ins.members:
        latest[sign_in.identity] = max(sign_in.happened_at, latest.get(sign_in.identity, sign_in.happened_at))
    places = {_place(sign_in) for sign_in in sign_ins.members}
    for identity in identities.members:
        used = told(lambda identity=identity: identity.last_used_at, otherwise=None)  # type: ignore[misc]
        if used is None or (identity.source, identity.tenant) not in places:
            continue
        logged = latest.get(identity.id)
        if in_window(used, limits.window_days, as_of) and (logged is None or logged < used - _CLOCKS_DIFFER):
            deviation(identity, f"{identity.name} was used on {day(used)}, which the log of sign-ins does not hold")
    begins = as_of - timedelta(days=limits.window_days)
    older = {_place(each) for each in sign_ins.members if each.happened_at <= begins}
    cut = sorted(places - older)
    if cut:
        raise UnknownFact("", f"the log of sign-ins of {' '.join(cut[0])} does not reach back to {day(begins)}")


@control(
    "DEV-09",
    criteria=["CC6.8"],
    nature="event",
    dated="happened_at",
    supports={"CC6.1": "a password and a factor that were stolen open nothing on a device of a stranger"},
    severity="high",
    operates="per event",
    where=_lately,
    limits={"window_days": 30},
    looser={"window_days": "lower"},
    least={"window_days": 1},
    complete=sign_ins_are_all_logged,
)
def test_sign_ins_are_made_with_known_devices(
    sign_in: SignIn, sign_ins: Population[SignIn], seen: Population[SeenDevice], limits: Any, as_of: datetime
) -> None:
    """Every sign-in of the last days was made with a device that the identity provider lists.

    Where no sign-in of an organisation names a device, the log does not tell devices apart, and this is not evaluated.
    Whether a device is in the company's list is asked by DEV-06.

    CC6.8: what keeps malicious software off is not asked for of a device that nobody knows.
    """
    if not _lately(sign_in, limits, as_of):
        return
    if sign_in.device is None:
        _raise_if_none_is_ever_named(sign_in, sign_ins)
        raise AssertionError(
            f"{sign_in.identity} signed in on {day(sign_in.happened_at)} with a device that is not known"
        )
    found = seen.all("id", sign_in.device)
    what = f"{sign_in.identity} signed in on {day(sign_in.happened_at)} with {sign_in.device}"
    assert found, f"{what}, which is in no list of devices that sign in"


def _raise_if_none_is_ever_named(sign_in: SignIn, sign_ins: Population[SignIn]) -> None:
    """Raises `UnknownFact` where the log of its organisation names no device at all."""
    if sign_ins not in _naming:
        _naming[sign_ins] = {_place(each) for each in sign_ins.members if told(lambda each=each: each.device, None)}  # type: ignore[misc]
    if _place(sign_in) not in _naming[sign_ins]:
        raise UnknownFact("device", "the log names no device of any sign-in: it does not tell them apart")


def _place(sign_in: SignIn) -> tuple[str, str]:
    return sign_in.source, sign_in.tenant
