"""Proofs in words."""

from collections.abc import Sequence

from soc2test.cli.output import block, table
from soc2test.proving.proving_all import MADE_UP
from soc2test.proving.records import Proof, Weakness

__all__ = ["explained", "listed"]


def listed(proofs: Sequence[Proof]) -> str:
    """A table of all, and below it each fault, and each blind spot, with the smallest input that shows it."""
    columns = ("control", "", "facts that decide", "changes", "noticed", "blind spots")
    rows = [
        (proof.control, "proven" if proof.proven else "UNPROVEN", ", ".join(_deciding(proof)) or "-",
         str(proof.changes), str(proof.noticed), str(len(proof.blind_spots)))
        for proof in proofs
    ]  # fmt: skip
    parts = [table(columns, rows, wide=(2,))]
    for title, found in (
        ("Unproven", [(proof, weakness) for proof in proofs for weakness in proof.faults]),
        ("Blind spots", [(proof, weakness) for proof in proofs for weakness in proof.blind_spots]),
    ):
        if found:
            parts.append("\n".join([title, *(f"{proof.control}  {_line(weakness)}" for proof, weakness in found)]))
    return "\n\n".join([*parts, _summary(proofs)])


def explained(proof: Proof) -> str:
    """All that one proof found."""
    head = [
        ("proven", "yes" if proof.proven else "NO"),
        ("proven over", proof.basis),
        ("changes", f"{proof.changes} tried, {proof.noticed} noticed"),
    ]
    head += [("deviates with", proof.deviates_with)] if proof.deviates_with else []
    facts = [(fact.name, "decides" if fact.decides else "is read", fact.edge) for fact in proof.facts]
    parts = [proof.control, block(head, wide=(1,))]
    for title, rows in (
        ("Facts", facts),
        ("Limits", [(limit.name, limit.value, limit.text) for limit in proof.limits]),
        ("Unproven", [(weakness.code, _line(weakness)) for weakness in proof.faults]),
        ("Blind spots", [(weakness.code, _line(weakness)) for weakness in proof.blind_spots]),
    ):
        if rows:
            parts.append(f"{title}\n{block(rows)}")
    return "\n".join(parts)


def _deciding(proof: Proof) -> list[str]:
    """Each fact once, whatever kinds tell it."""
    return list(dict.fromkeys(fact.name.partition(".")[2] for fact in proof.facts if fact.decides))


def _line(weakness: Weakness) -> str:
    smallest = f"; smallest input: {weakness.smallest}" if weakness.smallest else ""
    return f"{weakness.text}{smallest}{f' (stated: {weakness.stated})' if weakness.stated else ''}"


def _summary(proofs: Sequence[Proof]) -> str:
    proven = sum(proof.proven for proof in proofs)
    changes, noticed = sum(proof.changes for proof in proofs), sum(proof.noticed for proof in proofs)
    spots = [weakness for proof in proofs for weakness in proof.blind_spots]
    stated = sum(bool(weakness.stated) for weakness in spots)
    made_up = sum(proof.basis == MADE_UP for proof in proofs)
    return (
        f"{proven} of {len(proofs)} controls proven, {made_up} over what was made up; "
        f"{changes:,} changes tried, {noticed:,} noticed; {len(spots)} blind spots, {stated} of them stated"
    )
