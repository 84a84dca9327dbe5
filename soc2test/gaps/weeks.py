"""A first week for who begins with nothing: what somebody can do who is no engineer, day by day."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from soc2test.gaps.records import Day, Step, Task
from soc2test.gaps.view import waits
from soc2test.verdicts import ControlResult

__all__ = ["week_of"]

_A_DAY = 3
"""registers that a day names; who comes further goes on with the next ones"""
_DAYS = ("Tuesday", "Wednesday", "Thursday")
_SYSTEMS = 12
_CALENDAR = 2
"""processes that are named by more than their id"""
_RARELY = ("continuously", "per event")


def week_of(steps: Sequence[Step], results: Sequence[ControlResult], declared: Collection[str]) -> tuple[Day, ...]:
    """A first week, where no source is declared or no test has looked at anything yet; nothing where both is so.

    Who has written down people alone still has the systems before them.
    """
    if declared and any(result.population for result in results):
        return ()
    registers = [step for step in steps if step.kind == "register"]
    by_hand = {step.source for step in registers if step.source is not None}
    days = [Day(name="Monday", heading="Say which systems you have", tasks=tuple(_monday(steps, by_hand, declared)))]
    for number, name in enumerate(_DAYS):
        tasks = [_register(step) for step in registers[number * _A_DAY : (number + 1) * _A_DAY]]
        if number == 0:
            tasks = [*_access(steps), *tasks]
        if tasks:
            heading = "Ask for access, and begin with the registers" if number == 0 else "Go on with the registers"
            days.append(Day(name=name, heading=heading, tasks=tuple(tasks)))
    left = max(0, len(registers) - len(_DAYS) * _A_DAY)
    days.append(Day(name="Friday", heading="See what is open now", tasks=tuple(_friday(results, left))))
    return tuple(days)


def _monday(steps: Sequence[Step], by_hand: Collection[str], declared: Collection[str]) -> Iterator[Task]:
    if systems := _systems(steps):
        yield Task(
            text=f"below `sources:` in soc2.yaml write those of these that you have: {systems}",
            command="soc2test sources",
            note="a text editor is enough, the file shows the form; behind each stands how many tests can look at it; "
            "tests of what you have none of stay not evaluated",
        )
    if undeclared := sorted(set(by_hand) - set(declared)):
        yield Task(
            text=f"write `{undeclared[0]}:` there too: what people keep by hand",
            note="from then on what a register lacks fails the run, and does not only stand in a list",
        )
    numbers = {step.id: number for number, step in enumerate(steps, 1)}
    for step in steps:  # a register that is there, and can't be used
        if step.kind == "evidence" and step.source in by_hand and step.all_of:
            yield Task(
                text=f"put your own rows into {step.id.partition(':')[2]}: what stands in it can't be used",
                note=f"the sample, or what is wrong in it, stands below under step {numbers[step.id]}; {waits(step)}",
                step=step.id,
            )


def _systems(steps: Sequence[Step]) -> str:
    """The sources that could tell what nothing tells, those that most tests could look at first."""
    tests: dict[str, set[str]] = {}
    titles: dict[str, str] = {}
    for step in steps:
        if step.kind != "declare":
            continue
        titles |= {way.source: way.title for way in step.one_of if way.source is not None}
        names = [way.source for way in step.one_of] or [step.source]
        for name in names:
            if name is not None:
                tests.setdefault(name, set()).update(step.controls)
    most = Counter({name: len(ids) for name, ids in tests.items()}).most_common()
    most.sort(key=lambda named: (-named[1], named[0]))
    more = f" and {len(most) - _SYSTEMS} more" if len(most) > _SYSTEMS else ""
    named = (f"{_called(name, titles)} ({count})" for name, count in most[:_SYSTEMS])
    return ", ".join(named) + more


def _called(name: str, titles: Mapping[str, str]) -> str:
    """The name that soc2.yaml takes, with what people call it where that differs."""
    title = titles.get(name, name)
    return f"`{name}`" if title.casefold() in (name.casefold(), "") else f"{title} `{name}`"


def _access(steps: Iterable[Step]) -> Iterator[Task]:
    if any(step.kind in ("declare", "collect", "allow") for step in steps):
        yield Task(
            text="send who administers each of these systems what they are to allow, and this plan: they collect with "
            "`soc2test collect`",
            command="soc2test permissions SOURCE",
            note="SOURCE is the name below `sources:`; only what reads is asked for",
        )


def _register(step: Step) -> Task:
    return Task(
        text=f"{step.title[0].lower()}{step.title[1:]}",
        command=step.command,
        note="; ".join(filter(None, (step.about.rstrip("."), step.effort.text, waits(step)))),
        step=step.id,
    )


def _friday(results: Iterable[ControlResult], left: int) -> Iterator[Task]:
    yield Task(text="run the tests", command="pytest --soc2")
    yield Task(text="see what is open now: what was done is gone from the list", command="soc2test gaps")
    if left:
        yield Task(text=f"say who writes which of the {left} further registers: they stand below, in their order")
    processes = [each for each in results if each.nature == "occurrence" and each.operates not in _RARELY]
    by_interval: dict[str, list[ControlResult]] = {}
    for result in processes:
        by_interval.setdefault(result.operates, []).append(result)
    for interval, those in by_interval.items():
        named = [f"{each.title.rstrip('.')} ({each.id})" for each in those[:_CALENDAR]]
        others = ", ".join(each.id for each in those[_CALENDAR:])
        note = "; ".join([*named, f"and {others}"] if others else named)
        yield Task(text=f"put into the calendar what is performed {interval}", note=note)
