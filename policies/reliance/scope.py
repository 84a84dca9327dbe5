"""What soc2.yaml declares against what was exported, in both directions."""

from soc2test import DeclaredScope, ExportedScope, control
from soc2test_policies._reliance import RELIANCE


@control(
    "EVD-01", criteria=[], reliance=True, supports=RELIANCE, nature="state", severity="high", operates="continuously"
)
def test_every_declared_scope_is_exported(declared: DeclaredScope) -> None:
    """Every account, region, organisation and register that the programme declares appears in an export."""
    assert declared.exported, f"no export of {declared.scope} was read"


@control(
    "EVD-04", criteria=[], reliance=True, supports=RELIANCE, nature="state", severity="high", operates="continuously"
)
def test_every_exported_scope_is_declared(exported: ExportedScope) -> None:
    """Every account, region and organisation that an export is about is declared by the programme."""
    assert exported.declared, "is exported and not declared: declare it in soc2.yaml, or find out whose it is"
