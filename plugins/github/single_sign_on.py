"""By whom members sign in: the identity of the company's own provider that each account is linked to."""

from collections.abc import Iterator
from typing import Any

from soc2test import Item, Said, Subject, UnknownFact, dig, facts, id_text, items_of, skip, text, unpaged
from soc2test_plugins.github.kinds import GithubMember
from soc2test_plugins.github.source import github, uid

_NODES = "{{pageInfo {{hasNextPage endCursor}} nodes {{user {{login}} samlIdentity {{nameId}}}}}}"
_QUERY = (
    "query($org: String!, $endCursor: String) {{organization(login: $org) {{samlIdentityProvider"
    f" {{{{externalIdentities(first: 100, after: $endCursor) {_NODES}}}}}}}}}}}}}"
)


@github.reads(
    "graphql externalIdentities",
    kind=GithubMember,
    paging=unpaged,  # what a cut list lacks stays without an address, and nobody's
    command=f"gh api graphql --paginate --slurp -f org={{org}} -f query='{_QUERY}'",
)
def identities(body: Any, at: Subject) -> Iterator[Said]:
    """The linked identities of an organisation with SAML single sign-on; one that nobody linked yet has no account."""
    for page in items_of(body) if not isinstance(body, Item) else [body]:
        provider = dig(page, "data", "organization", "samlIdentityProvider")
        if provider is None:
            yield skip("the organisation has no SAML single sign-on")
            continue
        for node in items_of(dig(provider, "externalIdentities", "nodes")):
            if node["user"] is None or node["samlIdentity"] is None:
                yield skip("it links no account")
            else:
                who = id_text(node["user"]["login"])
                yield facts(uid(at, who), saml_name_id=text(node["samlIdentity"]["nameId"]))


@github.derives(GithubMember, "email")
def email(member: GithubMember) -> str | None:
    """Where the list of members gives none: what the account signs in by, where that is an address."""
    try:
        return member.saml_name_id if "@" in member.saml_name_id else None
    except UnknownFact:
        return None
