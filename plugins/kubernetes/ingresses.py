"""Ingresses: whether their address is public, and whether they answer by TLS alone."""

import json
import re
from collections.abc import Iterator
from typing import Any

from soc2test import Facts, Item, Unknown, UnknownFact, facts, known, meaning, or_unknown, text
from soc2test_plugins.kubernetes.balancers import balancer_address
from soc2test_plugins.kubernetes.kinds import Ingress
from soc2test_plugins.kubernetes.shapes import Place, annotation, listed_at, name, reader

_ALB = "alb.ingress.kubernetes.io/"
_NGINX = "nginx.ingress.kubernetes.io/"
_SWITCHES = {
    **dict.fromkeys(("1", "t", "T", "TRUE", "true", "True"), True),
    **dict.fromkeys(("0", "f", "F", "FALSE", "false", "False"), False),
}
_OF_ALB = re.compile(r"(?:.*[^a-z])?alb(?:[^a-z].*)?", re.ASCII)
"""Names of the class whose controller reads those annotations; a class bears a name of the company's choice."""
_CONTROLLER = "the object does not tell; its controller does"


@reader("networking.k8s.io/Ingress", "extensions/Ingress")
def ingress(item: Item, place: Place) -> Iterator[Facts]:
    """An ingress."""
    spec = known(item["spec"])
    tls = or_unknown(lambda: _tls(item, spec))
    plain = not isinstance(tls, Unknown) and not tls
    yield facts(
        place.of(item),
        Ingress,
        name=name(item),
        public=or_unknown(lambda: _public(item, spec)),
        tls=tls,
        tls_policy=None if plain else Unknown(_CONTROLLER, what="tls_policy"),
        min_tls=None if plain else Unknown(_CONTROLLER, what="min_tls"),
    )


def _public(item: Item, spec: Item) -> bool:
    public = balancer_address(item)
    if public is not None:
        return public
    own_class = _class(item, spec)
    if own_class == "gce-internal":
        return False
    if own_class is None or _OF_ALB.fullmatch(own_class):  # other controllers do not read the annotation
        scheme = annotation(item, f"{_ALB}scheme")
        if scheme in _SCHEMES:
            return _SCHEMES[scheme]
    raise UnknownFact("public", f"whether its address is public {_CONTROLLER}")


_SCHEMES = {"internet-facing": True, "internal": False}


def _class(item: Item, spec: Item) -> str | None:
    """The class that an ingress names, by its field or as of old; None where it leaves it to the cluster."""
    name = annotation(item, "kubernetes.io/ingress.class") or spec.or_else("ingressClassName", None)
    return None if name is None else text(name)


def _tls(item: Item, spec: Item) -> bool:
    """Every host has a certificate, and plain HTTP is refused or redirected."""
    own_class = _class(item, spec)
    if annotation(item, f"{_ALB}certificate-arn") and (own_class is None or _OF_ALB.fullmatch(own_class)):
        return annotation(item, f"{_ALB}ssl-redirect") is not None or not _listens_plainly(item)
    covered = [text(host) for each in listed_at(spec, "tls") for host in listed_at(each, "hosts")]
    if not listed_at(spec, "tls"):
        return False
    rules = listed_at(spec, "rules")
    hosts = [text(each.or_else("host", None) or "*") for each in rules]
    backends = [spec.or_else(key, None) for key in ("defaultBackend", "backend")]  # named so before v1
    if not rules or any(each is not None for each in backends):  # it answers for every host that no rule names
        hosts.append("*")
    return all(_covers(host, covered) for host in hosts) and _refuses_http(item, spec)


def _listens_plainly(item: Item) -> bool:
    """With a certificate a balancer of AWS listens for HTTPS alone, unless its ports are named."""
    written = annotation(item, f"{_ALB}listen-ports")
    if written is None:
        return False
    try:
        ports = json.loads(written)
        named = {protocol.upper() for each in ports for protocol in each}
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise UnknownFact("tls", "the annotation listen-ports can't be read") from None
    return named != {"HTTPS"}


def _covers(host: str, covered: list[Any]) -> bool:
    """No hosts at all in `tls` means all of them."""
    return not covered or host in covered or f"*.{host.partition('.')[2]}" in covered


def _refuses_http(item: Item, spec: Item) -> bool:
    if annotation(item, "kubernetes.io/ingress.allow-http") == "false":
        return True
    if _class(item, spec) == "nginx":  # with a certificate, it redirects unless told not to
        redirects = _switch(item, f"{_NGINX}ssl-redirect", default=True)
        return redirects or _switch(item, f"{_NGINX}force-ssl-redirect", default=False)
    raise UnknownFact("tls", f"whether plain HTTP is redirected {_CONTROLLER}")


def _switch(item: Item, key: str, *, default: bool) -> bool:
    """An annotation that nginx's controller reads as Go's `strconv.ParseBool` does: "False" and "0" switch off too."""
    written = annotation(item, key)
    return default if written is None else meaning(written, _SWITCHES)
