"""The configuration that a plan holds: which resource an argument refers to, before its value is known."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from soc2test_plugins.terraform.documents import Config

__all__ = ["Configuration", "Reference"]

_OUTPUT = re.compile(r"module\.([\w-]+)(?:\[[^\]]*\])?\.([\w-]+)")
_RESOURCE = re.compile(r'([\w-]+)\.([\w-]+)(\[(?:"[^"]*"|\d+)\])?')
_OWN = ("each", "count", "self", "path", "terraform", "local", "data")
"""First words of references that name no managed resource; what a local stands for, a plan does not hold."""
_EACH = ("each.key", "each.value", "count.index")


class Reference(msgspec.Struct, frozen=True):
    """A resource in the configuration that an argument refers to; `each` where by its own key of for_each or count."""

    to: Config
    index: str
    each: bool


class Configuration:
    """The `configuration` of a plan; empty for a state, whose values are all known."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self._resources: dict[Config, Mapping[str, Any]] = {}
        self._modules: dict[tuple[str, ...], Mapping[str, Any]] = {}
        self._add((), (body.get("configuration") or {}).get("root_module") or {})

    def _add(self, path: tuple[str, ...], module: Mapping[str, Any]) -> None:
        self._modules[path] = module
        for each in module.get("resources") or []:
            if each.get("mode", "managed") == "managed":
                self._resources[path, f"{each['type']}.{each['name']}"] = each
        for name, call in (module.get("module_calls") or {}).items():
            self._add((*path, name), call.get("module") or {})

    def sets(self, config: Config, argument: str) -> bool:
        """Whether the resource's own text says something of the argument; True too where there is no such text.

        Terraform leaves `dynamic` blocks out of it: of a block, False is no proof.
        """
        resource = self._resources.get(config)
        return resource is None or argument in (resource.get("expressions") or {})

    def references(self, config: Config, argument: str) -> list[Reference]:
        """The resources that the argument refers to; what it takes from data and from outside is left out."""
        resource = self._resources.get(config) or {}
        names = _names((resource.get("expressions") or {}).get(argument))
        if any(name.startswith("each.value") for name in names):
            names = [*names, *_names(resource.get("for_each_expression"))]
        return list(self._follow(config[0], names, set()))

    def _follow(self, path: tuple[str, ...], names: list[str], seen: set[Config]) -> Iterator[Reference]:
        each = any(name.startswith(_EACH) for name in names)
        for name in _longest(names):
            if (path, name) in seen:
                continue
            seen.add((path, name))
            if name.startswith(("var.", "module.")):
                yield from self._through(path, name, seen)
            elif (match := _RESOURCE.match(name)) and match[1] not in _OWN:
                yield Reference((path, f"{match[1]}.{match[2]}"), match[3] or "", each)

    def _through(self, path: tuple[str, ...], name: str, seen: set[Config]) -> Iterator[Reference]:
        """Up to what a module was called with, down to what a module gives out."""
        if name.startswith("var."):
            outer = self._modules.get(path[:-1], {}) if path else {}  # the root's are given from outside
            call = (outer.get("module_calls") or {}).get(path[-1]) or {} if path else {}
            given = (call.get("expressions") or {}).get(name.split(".")[1])
            yield from self._follow(path[:-1], _names(given), seen)
        elif match := _OUTPUT.match(name):
            inner = (*path, match[1])
            output = (self._modules.get(inner, {}).get("outputs") or {}).get(match[2]) or {}
            yield from self._follow(inner, _names(output.get("expression")), seen)


def _names(expression: Any) -> list[str]:
    """The references of an expression, those of its nested blocks too."""
    return list(dict.fromkeys(_walk(expression)))


def _walk(expression: Any) -> Iterator[str]:
    inner: Iterable[Any] = ()
    if isinstance(expression, Mapping):
        yield from (str(each) for each in expression.get("references") or [])
        inner = (each for key, each in expression.items() if key not in ("references", "constant_value"))
    elif isinstance(expression, list):
        inner = expression
    for each in inner:
        yield from _walk(each)


def _longest(names: list[str]) -> list[str]:
    """Terraform names "aws_s3_bucket.a.id" and, as what it is in, "aws_s3_bucket.a" again."""
    return [name for name in names if not any(other.startswith((f"{name}.", f"{name}[")) for other in names)]
