"""What soc2.yaml declares against what was exported."""

from soc2test import DeclaredScope, control


@control("EVD-01", criteria=["CC2.1"], severity="high", operates="continuously")
def test_every_declared_scope_is_exported(declared: DeclaredScope) -> None:
    """Every account, region, organisation and register that the programme declares appears in an export."""
    assert declared.exported, f"no export of {declared.scope} was read"
