"""Artificial intelligence of others: that all of it is known, and what its vendors agreed to."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from soc2test import AISystem, Application, Person, Population, Vendor, control
from soc2test_policies._ages import day, overdue
from soc2test_policies._ai import KNOWN, all_told, shadow_of
from soc2test_policies._documents import claimed_by
from soc2test_policies._reports import REPORT_TYPES, opinion_problem


@control(
    "AI-02",
    criteria=["CC9.2"],
    nature="state",
    supports={
        "CC2.1": "the register is held against what the directory shows",
        "CC3.4": "a system that somebody began to use is noticed",
        "CC6.1": "an application that was let in is one that somebody decided on",
    },
    severity="high",
    where=lambda application: application.active,
    limits={"names": KNOWN},
    looser={"names": "fewer"},
)
def test_ai_applications_are_in_the_register(
    application: Application, systems: Population[AISystem], limits: Any
) -> None:
    """No active application of a directory has the name of a known AI system, unless the register of these has it.

    The names are those of `limits.names`: what is called otherwise is not noticed. What administrators call it counts,
    and what the directory's catalogue, or who made it, does.

    CC9.2: whoever gives data to a model gives it to a vendor, whom somebody has to have examined.
    """
    found = shadow_of([application.name], limits.names, systems)
    assert not found, f"is called {application.name}, as {found} is"
    # relabelled, it is still what the directory's catalogue calls it
    own = application.name, application.catalogue_name
    found = shadow_of(own, limits.names, systems)
    assert not found, f"is called {application.name}, and {application.catalogue_name} by its catalogue, as {found} is"


@control(
    "AI-04",
    criteria=["CC9.2", "C1.1"],
    nature="state",
    supports={"P6.4": "what a vendor may do with personal data that its model is given is agreed"},
    severity="high",
    operates="yearly",
    limits={"retention_days": 30, "report_types": ("soc2_type2",), "report_days": 365},
    words={"report_types": REPORT_TYPES},
    looser={"retention_days": "higher", "report_types": "more", "report_days": "higher"},
    complete=all_told,
)
def test_ai_vendors_are_bound_by_terms(
    system: AISystem,
    systems: Population[AISystem],
    vendors: Population[Vendor],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every AI system's vendor is in the register, reports on its controls, and agreed not to train on or keep data.

    The terms are a document that was agreed to by the first day of use, and is that of no other vendor. They name the
    clause on training and the days for which the vendor keeps what its model is given. The agreement on data processing
    is signed by that day too. The report is one of `report_types`; a qualified opinion needs a person of ours who
    judged it, and nothing makes up for one that is adverse or disclaimed.

    CC9.2: what a vendor of models does with what it is given is agreed, and its controls are reported on.
    C1.1: confidential data that trains a model, or is kept for long by its vendor, is out of the company's hands.
    """
    assert system.terms is not None, "no document holds what its vendor agreed to"
    agreed, first = system.terms_at, system.in_use_since
    assert agreed is not None, "its vendor agreed to no terms"
    assert agreed <= first, f"its terms were agreed on {day(agreed)}, after its first day of use on {day(first)}"
    assert system.training_clause, "its terms do not say that what it is given trains no model"
    kept = system.retention_days
    assert kept is not None, "its terms do not say for how long its vendor keeps what it is given"
    assert kept <= limits.retention_days, (
        f"its vendor keeps what it is given {kept} days, limit {limits.retention_days}"
    )
    for vendor in vendors.all("id", system.vendor):
        assert vendor.active, f"its vendor {vendor.id} is not in use, by the register of vendors"
        signed = vendor.dpa_signed_at
        assert signed is not None, f"no data processing agreement is signed with its vendor {vendor.id}"
        assert signed <= as_of, f"the agreement with {vendor.id} is dated {day(signed)}, which lies after {day(as_of)}"
        assert signed <= first, (
            f"the agreement with {vendor.id} was signed on {day(signed)}, after the first day of use on {day(first)}"
        )
        kinds = " or ".join(limits.report_types)
        assert vendor.report_type in limits.report_types, (
            f"the report of its vendor {vendor.id} is {vendor.report_type or 'missing'}, not {kinds}"
        )
        problem = opinion_problem(vendor, persons, as_of)
        assert not problem, f"its vendor {vendor.id}: {problem}"
        problem = overdue("last covered by a report", vendor.report_period_end, limits.report_days, as_of)
        assert not problem, f"its vendor {vendor.id} was {problem}"
        others = claimed_by(system, systems, lambda each: each.terms, _is_of_the_vendor(system))
        assert not others, f"the document of its terms is that of {others} too, which is another vendor's"
        return
    raise AssertionError(f"its vendor {system.vendor} is not in the register of vendors")


def _is_of_the_vendor(system: AISystem) -> Callable[[AISystem], bool]:
    return lambda other: other.vendor == system.vendor
