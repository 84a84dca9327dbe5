"""What models were asked, and answered."""

from typing import Any

from soc2test import AISystem, LogStore, Population, PromptLog, control
from soc2test_policies._ai import all_told, of_source


@control(
    "AI-07",
    criteria=["CC7.2"],
    nature="state",
    supports={"C1.1": "what confidential data a model was given can be found out"},
    severity="medium",
    operates="continuously",
    where=lambda system, limits: any(name in limits.classes for name in system.data_classes),
    limits={"classes": ("confidential", "restricted"), "retention_days": 365},
    looser={"classes": "fewer", "retention_days": "lower"},
    least={"retention_days": 1},
    complete=all_told,
)
def test_prompts_are_recorded_and_kept(
    system: AISystem, prompt_logs: Population[PromptLog], stores: Population[LogStore], limits: Any
) -> None:
    """What AI systems that may be given confidential data are asked and answer is recorded, and kept for the window.

    CC7.2: misuse of a model, and what leaked by it, can be seen afterwards only in what it was asked and answered.
    """
    assert system.prompt_log is not None, "nothing records what it is asked"
    source, id = of_source(system.prompt_log)
    for log in prompt_logs.all("id", id):
        if log.source == source:
            assert log.texts, f"{id} does not record the texts"
            assert log.log_store is not None, f"{id} hands what it records to no store of logs"
            return _kept(log.log_store, stores, limits.retention_days)
    raise AssertionError(f"{source} has no log of prompts {id}")


def _kept(id: str, stores: Population[LogStore], least: int) -> None:
    for store in stores.all("id", id):
        days = store.retention_days
        assert days is None or days >= least, f"what it is asked is kept {days} days, limit {least}"
        return
    raise AssertionError(f"what it is asked goes to {id}, of which no export tells")
