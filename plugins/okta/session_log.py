"""The system log: sign-ins, and the devices that they were made with."""

from soc2test import Facts, Item, SignIn, Skip, Subject, by_full_page, facts, id_text, item_of, or_unknown, skip, text
from soc2test_plugins.okta.shapes import was_done
from soc2test_plugins.okta.source import API, okta, uid

_SIGN_IN = "user.session.start"
_LOG = (
    API
    + "logs?since=2000-01-01T00:00:00Z&sortOrder=DESCENDING&filter=eventType%20eq%20%22user.session.start%22&limit=1000"
    + '"'
)


@okta.reads("listLogEvents SIGN_IN", kind=SignIn, items="", lists=True, paging=by_full_page(100, 1000), command=_LOG)
def sign_in(item: Item, at: Subject) -> Facts | Skip:
    """A session that began. The device is told where Okta Verify is on it, and null where it is not."""
    if text(item["eventType"]) != _SIGN_IN:
        return skip("it is no sign-in")
    if not was_done(item):
        return skip("nobody was let in")
    return facts(
        uid(at, "logs", item["uuid"]),
        identity=or_unknown(lambda: uid(at, item_of(item["actor"])["id"])),
        happened_at=item.time("published"),
        device=or_unknown(lambda: _device(item, at)),
    )


def _device(item: Item, at: Subject) -> str | None:
    told = item["device"]
    return None if told is None else uid(at, "devices", id_text(item_of(told)["id"]))
