"""What controls.yaml says of people and risks, looked up in the registers."""

from collections.abc import Iterator
from datetime import date

import msgspec

from soc2test.company_controls.records import CompanyControl
from soc2test.exceptions.named_people import People
from soc2test.populations.population import Population
from soc2test.resources.kinds import Risk

__all__ = ["Lookups"]


class Lookups(msgspec.Struct, frozen=True):
    """The day, and the people and risks that are known; None where the exports could not be read at all."""

    today: date
    people: People | None
    risks: Population[Risk] | None

    def wrong(self, control: CompanyControl) -> Iterator[str]:
        """What a control says that the registers do not bear out, or that can't be looked up."""
        yield from self._wrong_person("owner", control.owner)
        if control.performer is not None:
            yield from self._wrong_person("performer", control.performer)
        for risk in control.risks:
            yield from self._wrong_risk(risk)

    def _wrong_person(self, role: str, email: str) -> Iterator[str]:
        if self.people is None:
            yield f"{role} {email} can't be looked up: the exports could not be read"
        elif why := self.people.wrong(email):
            yield f"{role} {why}"

    def _wrong_risk(self, id: str) -> Iterator[str]:
        if self.risks is None:
            yield f"risk {id} can't be looked up: the exports could not be read"
        elif id not in {risk.id for risk in self.risks.members}:
            gap = next(iter(self.risks.gaps), None)
            unseen = f"can't be looked up, since not all risks are known: {gap.text}" if gap is not None else ""
            yield f"risk {id} {unseen or 'is not in the register of risks'}"
