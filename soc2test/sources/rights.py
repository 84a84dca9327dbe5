"""`Rights`: the least that who collects must be allowed to do, operation by operation, as the vendor documents it.

`soc2test permissions` prints them, and `soc2test collect` names those of a call that was denied. Nothing here is used
when exports are read.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

import msgspec

from soc2test.errors import PluginError

__all__ = ["Form", "Rights"]

Form = Literal["list", "aws_policy", "kubernetes_role"]
_FORMS: Mapping[Form, tuple[re.Pattern[str], str]] = {
    "list": (re.compile(r"\S.*"), "a text"),
    "aws_policy": (re.compile(r"[a-z0-9-]+:[A-Za-z0-9]+", re.ASCII), "an action, such as s3:ListAllMyBuckets"),
    "kubernetes_role": (
        re.compile(r"[a-z]+ [a-z]+(\.[a-z0-9.-]+)?", re.ASCII),
        "a verb and a resource with its API group, such as `list deployments.apps`",
    ),
}


class Rights(msgspec.Struct, frozen=True, kw_only=True):
    """What each call of a source needs, from the vendor's own documents.

    of       operation -> its rights; all of them are needed. An empty tuple says that the vendor documents that it
             needs none, beyond being signed in
    called   what the vendor calls them: "IAM actions"
    give     one sentence: where they are given, and to whom
    url      the vendor's document
    form     "list", or what can be attached as it is: an "aws_policy" (rights are actions) or a "kubernetes_role"
             (`list deployments.apps`)
    wider    operation -> what it needs beside its rights, such as a role, and why nothing narrower does. One that is
             not in `of` needs a right that does more than read, which is told and stands in no document
    unknown  operation -> why no document says what it needs; one that stands nowhere is not known either

    Raises `PluginError` where the declaration can't be.
    """

    of: Mapping[str, tuple[str, ...]]
    called: str
    give: str
    url: str
    form: Form = "list"
    wider: Mapping[str, str] = msgspec.field(default_factory=dict)
    unknown: Mapping[str, str] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.form not in get_args(Form):
            raise PluginError("", f"Rights(form={self.form!r}): there are {', '.join(get_args(Form))}")
        for name in ("called", "give", "url"):
            if not getattr(self, name).strip():
                raise PluginError("", f"Rights({name}=...) says nothing")
        for operation, rights in self.of.items():
            self._check(operation, rights)
        for parameter, texts in (("wider", self.wider), ("unknown", self.unknown)):
            for operation, text in texts.items():
                if not text.strip():
                    raise PluginError("", f"Rights({parameter}=...): {operation!r} has no reason")
        for operation in self.unknown:
            if operation in self.of or operation in self.wider:
                raise PluginError("", f"Rights: {operation!r} is `unknown`, and stands in `of` or `wider` too")

    def _check(self, operation: str, rights: tuple[str, ...]) -> None:
        pattern, words = _FORMS[self.form]
        if isinstance(rights, str) or len(set(rights)) != len(rights):
            raise PluginError("", f"Rights(of=...): {operation!r} has a tuple of rights, each once")
        for right in rights:
            if pattern.fullmatch(right) is None:
                raise PluginError("", f"Rights(of=...): {right!r} of {operation!r} is not {words}")

    def check_operations(self, source: str, operations: Iterable[str]) -> None:
        """Raises `PluginError` for an operation that the source does not have: it was mistyped."""
        known = set(operations)
        for operation in (*self.of, *self.wider, *self.unknown):
            if operation not in known:
                raise PluginError(source, f"Rights names {operation!r}, which is no operation of the source")
