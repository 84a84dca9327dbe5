"""Which of what is wanted the text of a result is about."""

from collections.abc import Iterable, Sequence

from soc2test.gaps.records import Wanted

__all__ = ["Matching"]

_AROUND = "`,;:.()"
"""what may stand around the name of a file in a sentence"""


class Matching:
    """Finds what is wanted in the texts of gaps and findings, which quote it."""

    def __init__(self, wanted: Iterable[Wanted]) -> None:
        self._exact: dict[str, Wanted] = {}
        self._by_file: dict[str, list[Wanted]] = {}
        """by the file that a text names, so that a thousand calls are not looked for in a thousand texts"""
        self._others: list[Wanted] = []
        self.wanted = tuple(wanted)
        for each in self.wanted:
            self._exact[each.text] = each
            if each.file is not None and each.file in {word.strip(_AROUND) for word in each.text.split()}:
                self._by_file.setdefault(each.file, []).append(each)
            else:
                self._others.append(each)

    def of(self, text: str) -> list[Wanted]:
        """What a text is about or quotes, of that what comes first; empty where no export would tell it."""
        found = [each for quoted in self._quoted(text) for each in self._first(quoted)]
        return list({each.text: each for each in found}.values())

    def _first(self, wanted: Wanted) -> list[Wanted]:
        """What is wanted before it; of a gap that names no call itself, what its text quotes."""
        quoted = [wanted]
        if wanted.source is not None and wanted.operation is None:
            quoted = self._within(wanted.text) or [wanted]
        before = [self._exact[text] for each in quoted for text in each.after if text in self._exact]
        return before or quoted

    def _quoted(self, text: str) -> list[Wanted]:
        return [self._exact[text]] if text in self._exact else self._within(text)

    def _within(self, text: str) -> list[Wanted]:
        named = dict.fromkeys(word.strip(_AROUND) for word in text.split())
        candidates = [each for word in named for each in self._by_file.get(word, ())]
        return _outermost([each for each in (*candidates, *self._others) if each.text in text and each.text != text])


def _outermost(found: Sequence[Wanted]) -> list[Wanted]:
    """Without those whose text is but a part of another one's."""
    return [each for each in found if not any(each.text != other.text and each.text in other.text for other in found)]
