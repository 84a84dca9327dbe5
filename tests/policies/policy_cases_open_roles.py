"""Cases of roles that are open to everybody."""

from policy_case import Case, bad, made

from soc2test import Role
from soc2test_policies.cc6.open_roles import test_no_role_lets_in_everybody as not_open

NAMED = made(Role, "r1", anybody=False)

CASES = [Case(not_open, [NAMED], [bad(NAMED.but(anybody=True), says="anybody may take on this role")])]
