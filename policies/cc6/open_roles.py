"""Roles that let in whoever comes."""

from soc2test import Role, control


@control(
    "IAM-25",
    criteria=["CC6.1"],
    nature="state",
    supports={"CC6.3": "rights are for those who need them", "CC6.6": "nobody from outside comes in unknown"},
    severity="critical",
    operates="continuously",
    on_empty="no_occurrences",
)
def test_no_role_lets_in_everybody(role: Role) -> None:
    """No role lets in everybody, whatever it may do.

    Whom it lets in by name, of other accounts and identity providers, is not judged here, nor whether a provider that
    it names, such as that of a host of code, lets in whoever has an account there.

    CC6.1: who takes on a role has all its rights, and where that may be anybody nobody is asked who he is.
    """
    assert not role.anybody, "anybody may take on this role, and has the rights that it gives"
