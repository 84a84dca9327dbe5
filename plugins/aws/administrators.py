"""Who can give himself everything in an account: by the rights he has, and by those whose place he can take.

What is taken over counts where it holds all rights itself, so the answer is looked for until it changes no more.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from soc2test import Unknown
from soc2test_plugins.aws.answers import Answer, all_hold, one_holds
from soc2test_plugins.aws.escalation import (
    ASSUME,
    BECOME,
    GIVE_ELSEWHERE,
    MAKE,
    NEW_WITH_ROLE,
    PASS_ROLE,
    RUNS_AS,
    STRENGTHEN,
    UNBIND,
    UPDATE_SAML,
)
from soc2test_plugins.aws.patterns import names_action
from soc2test_plugins.aws.principals import Managed, Principal
from soc2test_plugins.aws.trust import Trust

__all__ = ["Account", "administrators"]

_ANYTHING = "~whatever~/~it~is~called~"
"""a name that no pattern takes in but one that takes in all"""
_WHOLE = re.compile(r"\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:(?:\*|[\w-]+[:/]\*)", re.ASCII)
"""a pattern that takes in all resources of a service, or all of one sort"""
_MORE_RIGHTS = Unknown("it may write the rights of others in the account, which may be turned to its own", what="admin")
_ELSEWHERE = Unknown(
    "it may give rights by IAM Identity Center; whether the account manages that of its organization no export tells: "
    "take such rights away where it does not",
    what="admin",
)
_PROVIDER = Unknown("it may change an identity provider, whose users take on a role of all rights", what="admin")
_CERTAIN = Unknown("it may use certain resources that may run with all rights", what="admin")


class Account(msgspec.Struct, frozen=True):
    """All of one account that can hold rights, or be written to."""

    prefix: str
    """what the ARNs of its IAM begin with: "arn:aws:iam::012345678901" """
    principals: Sequence[Principal]
    trusts: Mapping[str, Trust | Unknown]
    """of the roles, by ARN"""
    policies: Mapping[str, Managed]

    def everything(self, sort: str) -> str:
        """A resource that is taken in only where all of its sort are."""
        return f"{self.prefix}:{sort}/{_ANYTHING}"

    def of(self, sort: str) -> list[Principal]:
        """Its users, groups or roles."""
        return [principal for principal in self.principals if principal.sort == sort]

    def own_policies(self) -> list[str]:
        """ARNs of the policies that can be written to: the vendor's own can't."""
        return [arn for arn in self.policies if arn.startswith(f"{self.prefix}:policy/")]


def administrators(account: Account) -> dict[str, Answer]:
    """For each principal, by ARN, whether it can give itself everything in the account."""
    found: dict[str, Answer] = dict.fromkeys((principal.arn for principal in account.principals), False)
    trusting = any(map(_lets_in_by_name, account.trusts.values()))
    asked = [principal for principal in account.principals if trusting or principal.actions]
    changed = True
    while changed:
        changed = False
        strong = [principal for principal in account.principals if found[principal.arn] is not False]
        for principal in asked:
            before = found[principal.arn]
            if before is not True:
                now = _Question(principal, account, found, strong).answer()
                changed |= _rank(now) > _rank(before)
                found[principal.arn] = now
    return found


def _rank(answer: Answer) -> int:
    return 2 if answer is True else 1 if isinstance(answer, Unknown) else 0


def _lets_in_by_name(trust: Trust | Unknown) -> bool:
    """Whether it may let in somebody who has no right of his own to assume it."""
    return isinstance(trust, Unknown) or bool(trust.named) or trust.anybody is not False


class _Question(msgspec.Struct, frozen=True):
    """Whether one principal can give itself everything, by what is known of the others so far."""

    who: Principal
    account: Account
    found: Mapping[str, Answer]
    strong: Sequence[Principal]
    """those that hold all rights, or may hold them: only they are worth to be taken over"""
    bound: bool = True

    def answer(self) -> Answer:
        return one_holds(self._ways())

    def _ways(self) -> Iterator[Answer]:
        yield from (self._strengthens(action, sort) for sort, actions in STRENGTHEN.items() for action in actions)
        yield from (self._becomes(action, sort) for sort, actions in BECOME.items() for action in actions)
        yield from map(self._makes, MAKE)
        yield self._is_let_loose()
        yield from (self._assumes(role) for role in self._others("role"))
        yield from (self._passes(method.service, method.steps) for method in NEW_WITH_ROLE)
        yield from (self._runs(method.service, method.steps) for method in RUNS_AS)
        yield from (self._speaks_for_users_of(role) for role in self._others("role"))
        yield one_holds(self._gives_elsewhere(action) for action in GIVE_ELSEWHERE)
        if self.bound and self.who.boundary is not None:
            yield self._unbinds()

    def _is_let_loose(self) -> Answer:
        """Who is given all roles by name is meant to have those of tomorrow too. Who is given all of AWS but IAM

        (the vendor's PowerUserAccess) has what the roles hold that let him in: these are asked one by one.
        """
        named = [grant for policy in self.who.policies if not isinstance(policy, Unknown) for grant in policy]
        if not any(grant.allow and grant.by_name and ASSUME in grant.actions for grant in named):
            return False
        return self._may(ASSUME, self.account.everything("role"))

    def _gives_elsewhere(self, action: str) -> Answer:
        """By a right that counts where the organization's rights are managed alone; who is given all of AWS but IAM is

        not taken for somebody who was given this.
        """
        read = [grant for policy in self.who.policies if not isinstance(policy, Unknown) for grant in policy]
        spelt = [grant for grant in read if grant.allow and action in grant.spelt]
        patterns = [pattern for grant in spelt for pattern in grant.resources or ("*",)]
        there = [_filled(pattern) for pattern in patterns if _of_identity_center(pattern)]
        return all_hold([one_holds(self._may(action, name) for name in there), _ELSEWHERE])

    def _may(self, action: str, resource: str, service: str = "") -> Answer:
        return self.who.may(action, resource, service, bound=self.bound)

    def _unbinds(self) -> Answer:
        """Without the boundary it could, and it may take the boundary away."""
        off = one_holds(self._may(action, self.who.arn) for action in UNBIND.get(self.who.sort, ()))
        wider = one_holds(self._may(action, self.who.boundary_arn) for action in STRENGTHEN["policy"])
        loose = one_holds([off, wider])
        if loose is False:
            return False
        return all_hold([loose, _Question(self.who, self.account, self.found, self.strong, bound=False).answer()])

    # rights that it writes

    def _strengthens(self, action: str, sort: str) -> Answer:
        everything = self._may(action, self.account.everything(sort))
        if everything is True or action not in self.who.actions:
            return everything
        own, others = self._written(action, sort)
        mine = one_holds(self._may(action, arn) for arn in own)
        if mine is True:
            return True
        elsewhere = any(self._may(action, arn) is not False for arn in others)
        return one_holds([everything, mine, _MORE_RIGHTS if elsewhere else False])

    def _written(self, action: str, sort: str) -> tuple[list[str], list[str]]:
        """What there is to write to: what its own rights come from, and the rest."""
        if sort == "policy":
            arns = self.account.own_policies()
            if action == "iam:setdefaultpolicyversion":
                arns = [arn for arn in arns if self.account.policies[arn].versions > 1]
        else:
            arns = [principal.arn for principal in self.account.of(sort)]
        mine = {self.who.arn} | self.who.attached | self.who.groups
        if sort == "role":
            mine |= set(self._places())
        return [arn for arn in arns if arn in mine], [arn for arn in arns if arn not in mine]

    def _places(self) -> Iterator[str]:
        """The roles that it may take on for certain."""
        for role in self.account.of("role"):
            if self._let_in(role) is True:
                yield role.arn

    def _makes(self, sort: str) -> Answer:
        """A new user, group or role of its own, of a name for which it may give that any right too."""
        steps = (MAKE[sort], *STRENGTHEN[sort])
        if MAKE[sort] not in self.who.actions:
            return False
        named = (name for step in steps for name in self._named_for(step))
        names = dict.fromkeys(name for name in named if f":{sort}/" in name)  # of all of a sort it is asked above
        return one_holds(self._makes_as(sort, name) for name in names)

    def _makes_as(self, sort: str, name: str) -> Answer:
        """A role's trust names its maker; a user gets a key; into a group goes the maker himself, if he is a user."""
        given = one_holds(self._may(action, name) for action in STRENGTHEN[sort])
        made = all_hold([self._may(MAKE[sort], name), given])
        if sort == "role" or made is False:
            return made
        if sort == "group" and self.who.sort != "user":
            return False
        return all_hold([made, one_holds(self._may(action, name) for action in BECOME[sort])])

    # whose place it takes

    def _becomes(self, action: str, sort: str) -> Answer:
        everything = self._may(action, self.account.everything(sort))
        if everything is True or action not in self.who.actions:
            return everything
        taken = (self._both(other, lambda arn: self._may(action, arn)) for other in self._others(sort))
        return one_holds([everything, *taken])

    def _others(self, sort: str) -> list[Principal]:
        return [other for other in self.strong if other.sort == sort and other.arn != self.who.arn]

    def _both(self, other: Principal, may: Callable[[str], Answer]) -> Answer:
        holds = self.found[other.arn]
        return False if holds is False else all_hold([holds, may(other.arn)])

    def _assumes(self, role: Principal) -> Answer:
        return self._both(role, lambda _: self._let_in(role))

    def _let_in(self, role: Principal) -> Answer:
        trust = self.account.trusts[role.arn]
        if isinstance(trust, Unknown):
            return trust
        by_name = one_holds([trust.anybody, trust.named.get(f"{self.who.sort}/{self.who.name}", False)])
        if by_name is True or trust.own_account is False:
            return by_name
        return one_holds([by_name, all_hold([trust.own_account, self._may(ASSUME, role.arn)])])

    def _speaks_for_users_of(self, role: Principal) -> Answer:
        """It says who the users are of a provider that the role trusts."""
        trust = self.account.trusts[role.arn]
        if isinstance(trust, Unknown) or UPDATE_SAML not in self.who.actions:
            return False
        providers = one_holds(self._may(UPDATE_SAML, provider) for provider in trust.providers)
        return all_hold([self.found[role.arn], providers, _PROVIDER])

    # what works for it

    def _passes(self, service: str, steps: Sequence[str]) -> Answer:
        if PASS_ROLE not in self.who.actions:
            return False
        done = all_hold(self._somewhere(step) for step in steps)
        if done is False:
            return False
        everything = self._may(PASS_ROLE, self.account.everything("role"), service)
        if everything is True:
            return done
        roles = [role for role in self._others("role") if self._serves(role, service)]
        certain = (self._both(role, lambda arn: self._may(PASS_ROLE, arn, service)) for role in roles)
        return all_hold([done, one_holds([everything, *certain])])

    def _runs(self, service: str, steps: Sequence[str]) -> Answer:
        """By resources that are there: which of them run as which role no export tells, but for those of all."""
        strong = one_holds(self.found[role.arn] for role in self._others("role") if self._serves(role, service))
        if strong is False:
            return False
        return all_hold([strong, *(self._on_all(step) for step in steps)])

    def _serves(self, role: Principal, service: str) -> bool:
        trust = self.account.trusts[role.arn]
        return isinstance(trust, Unknown) or service in trust.services

    def _on_all(self, action: str) -> Answer:
        anything = self._somewhere(action)
        if anything is False or any(self._may(action, name) is True for name in self._named_for(action, whole=True)):
            return anything
        return _CERTAIN

    def _somewhere(self, action: str) -> Answer:
        """Whether it may do it to any resource at all: to make a new one a name that is allowed is enough."""
        return one_holds(self._may(action, name) for name in self._named_for(action))

    def _named_for(self, action: str, *, whole: bool = False) -> Iterator[str]:
        """Names of resources that its policies allow an action on, stars filled in; `whole`: where they name all."""
        for policy in self.who.policies:
            for grant in () if isinstance(policy, Unknown) else policy:
                if grant.allow and action in grant.actions:
                    patterns = grant.resources or ("*",)  # all but those that NotResource names
                    yield from (_filled(pattern) for pattern in patterns if not whole or _WHOLE.fullmatch(pattern))
            if isinstance(policy, Unknown):
                yield _ANYTHING


def _of_identity_center(pattern: str) -> bool:
    service = [*pattern.split(":"), "*", "*"][2]
    return any(names_action(service, each) for each in ("sso", "identitystore"))


def _filled(pattern: str) -> str:
    return pattern.replace("*", _ANYTHING).replace("?", "~")
