"""What soc2.yaml declares against what was exported, in both directions."""

from soc2test import DeclaredScope, ExportedScope, control


@control(
    "EVD-01",
    criteria=[],
    reliance=True,
    supports={
        "CC2.1": "all that belongs to the system is in what is exported",
        "CC4.1": "no account goes untested because nobody exported it",
    },
    nature="state",
    severity="high",
    operates="continuously",
)
def test_every_declared_scope_is_exported(declared: DeclaredScope) -> None:
    """Every account, region, organisation and register that the programme declares appears in an export."""
    assert declared.exported, f"no export of {declared.scope} was read"


@control(
    "EVD-04",
    criteria=[],
    reliance=True,
    supports={
        "CC2.1": "what is exported belongs to the system, as somebody declared",
        "CC4.1": "an account that nobody declares is not missed when its exports stop",
    },
    nature="state",
    severity="high",
    operates="continuously",
)
def test_every_exported_scope_is_declared(exported: ExportedScope) -> None:
    """Every account, region and organisation that an export is about is declared by the programme."""
    assert exported.declared, "is exported and not declared: declare it in soc2.yaml, or find out whose it is"
