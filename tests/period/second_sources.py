"""A company whose lists are held against a second one: pages that a pager lists, and tasks that should name them."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from soc2test.verdicts import ControlResult

from .half_year import PLUGIN, POLICY, HalfYear, days

__all__ = ["FIRST", "LAST", "SecondSources", "task"]

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 10)

_KINDS = '''
class Page(Resource, frozen=True, gc=False, kw_only=True):
    """A call at night."""

    urgent: bool


class Task(Resource, frozen=True, gc=False, kw_only=True):
    """A request."""

    opened_at: datetime
    done_at: datetime | None


@cloud.reads("pages", kind=Page, items="items", lists=True)
def page(item: Item, at: Subject) -> Facts:
    return facts(item["id"], urgent=item["urgent"])


@LISTED.reads("tasks", kind=Task, items="items", lists=True)
def task(item: Item, at: Subject) -> Facts:
    return facts(item["id"], opened_at=item.time("opened_at"), done_at=item.time("done_at"))


@hookimpl
'''

_CHECKS = '''
from plugins.cloud import Page, Task
from soc2test import deviation


def none_urgent(pages: Population[Page]) -> None:
    for page in pages:
        if page.urgent:
            deviation(page, "is urgent")


def none_urgent_at_all(pages: Population[Page]) -> None:
    assert not any_of(pages, lambda page: page.urgent), "somebody was paged"


@control("SEC-01", criteria=["CC7.4"], nature="event", operates="per event", dated="opened_at",
         on_empty="no_occurrences", agrees=none_urgent)
def test_tasks_agree(task: Task) -> None:
    """Tasks are done."""
    assert task.done_at is not None


@control("SEC-02", criteria=["CC7.4"], nature="event", operates="per event", dated="opened_at",
         on_empty="no_occurrences", complete=none_urgent)
def test_tasks_are_complete(task: Task) -> None:
    """Tasks are done."""
    assert task.done_at is not None


@control("SEC-03", criteria=["CC7.4"], nature="event", operates="per event", dated="opened_at",
         on_empty="no_occurrences", agrees=none_urgent_at_all)
def test_tasks_agree_by_a_word(task: Task) -> None:
    """Tasks are done."""
    assert task.done_at is not None


@control("SEC-04", criteria=["CC7.4"], nature="state", complete=none_urgent)
def test_tasks_are_done_always(task: Task) -> None:
    """Tasks are done."""
    assert task.done_at is not None
'''


def task(id: str, opened: str, done: str | None) -> dict[str, Any]:
    """A row of the list."""
    return {"id": id, "opened_at": f"{opened}T09:00:00Z", "done_at": None if done is None else f"{done}T09:00:00Z"}


class SecondSources(HalfYear):
    """`listed` is the source whose list of tasks it is: "cloud" is a system, "book" is kept by hand."""

    def __init__(self, root: Path, listed: str = "cloud") -> None:
        super().__init__(root)
        self.scope = {"cloud": "one", "book": "own"}[listed]
        self.listed = listed
        self.write("plugins/cloud.py", PLUGIN.replace("@hookimpl\n", _KINDS.replace("LISTED", listed)))
        self.write("policies/checks.py", f"{POLICY}\n{_CHECKS}")

    def night(self, day: int, tasks: Iterable[Any], urgent: Iterable[str] | None) -> None:
        """Record the night of a day of March; without `urgent` the list of pages is not exported."""
        self.export(self.listed, self.scope, "tasks", tasks)
        pages = None if urgent is None else [{"id": id, "urgent": True} for id in urgent]
        self.export("cloud", "one", "pages", pages)
        self.record(*days(f"2026-03-{day:02}", f"2026-03-{day:02}"))

    def over(self, control: str, **more: Any) -> ControlResult:
        """The result over the first ten days of March."""
        return self.result(control, first=FIRST, last=LAST, **more)
