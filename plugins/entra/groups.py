"""Groups and who is in them."""

from collections.abc import Callable
from typing import Any

from soc2test import Facts, Item, Subject, UnknownFact, facts, id_text, items_of, or_unknown, text
from soc2test_plugins.entra.about import OF_GROUP
from soc2test_plugins.entra.kinds import EntraGroup
from soc2test_plugins.entra.source import COUNT, GRAPH, as_graph, entra, uid

Read = Callable[..., Facts]


@entra.reads(
    "groups",
    kind=EntraGroup,
    items="value",
    total=COUNT,
    lists=True,
    prepare=as_graph,
    command=GRAPH + 'groups?\\$select=id,displayName,isAssignableToRole&\\$top=500"',
)
def group(item: Item, at: Subject) -> Facts:
    """A group."""
    id = id_text(item["id"])
    return facts(uid(at, "groups", id), name=id, title=item["displayName"])


def _of_each(part: str) -> Callable[[Read], Read]:
    """Declares the call for one part of each group."""
    return entra.reads(
        f"groups {part}",
        kind=EntraGroup,
        subject="group",
        about={"group": OF_GROUP},
        prepare=as_graph,
        command=f'{GRAPH}groups/{{group}}/{part}?\\$select=id"',
    )


def _ids(body: Any, key: str) -> Any:
    """The ids at a key of each row; unknown where one of them can't be read."""
    return or_unknown(lambda: tuple(id_text(row[key]) for row in items_of(body["value"])))


@_of_each("transitiveMembers")
def all_members(body: Any, at: Subject) -> Facts:
    """All who are in one group, through other groups too."""
    return facts(uid(at, "groups", at["group"]), name=at["group"], members=_ids(body, "id"))


@_of_each("members")
def direct_members(body: Any, at: Subject) -> Facts:
    """Those who are in one group themselves; a group among them has members of its own."""
    return facts(
        uid(at, "groups", at["group"]),
        name=at["group"],
        direct_members=_ids(body, "id"),
        nested=or_unknown(lambda: any(_is_group(member) for member in items_of(body["value"]))),
    )


@_of_each("owners")
def owners(body: Any, at: Subject) -> Facts:
    """Those who say who is in a group, themselves too."""
    return facts(uid(at, "groups", at["group"]), name=at["group"], owners=_ids(body, "id"))


@entra.reads(
    "identityGovernance privilegedAccess group eligibilityScheduleInstances",
    kind=EntraGroup,
    subject="group",
    about={"group": "value[].groupId"},
    prepare=as_graph,
    absent=["AadPremiumLicenseRequired"],
    command=GRAPH + "identityGovernance/privilegedAccess/group/eligibilityScheduleInstances"
    "?\\$filter=groupId eq '{group}'\"",
)
def eligibilities(body: Item | None, at: Subject) -> Facts:
    """Those who may activate a place in a group, as a member or as an owner; without the licence nobody may
    (https://learn.microsoft.com/graph/api/privilegedaccessgroup-list-eligibilityscheduleinstances)."""
    told = () if body is None else _ids(body, "principalId")
    return facts(uid(at, "groups", at["group"]), name=at["group"], eligible=told)


def _is_group(member: Item) -> bool:
    return text(member["@odata.type"]).rpartition(".")[2] == "group"


@entra.derives(EntraGroup, "members")
def members_without_groups(group: EntraGroup) -> tuple[str, ...]:
    """The members themselves, where no group is among them."""
    if group.nested:
        raise UnknownFact("members", "a group is in the group: export groups/{group}/transitiveMembers")
    return group.direct_members
