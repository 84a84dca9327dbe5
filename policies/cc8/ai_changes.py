"""Changes of prompts and models."""

from soc2test import AISystem, Population, Repository, control
from soc2test_policies._ai import of_source


@control(
    "AI-06",
    criteria=["CC8.1"],
    nature="state",
    severity="high",
    operates="continuously",
    where=lambda system: system.repository is not None,
)
def test_prompts_and_models_change_by_review(system: AISystem, repositories: Population[Repository]) -> None:
    """The prompts and models of every AI system that the company builds change only by a review of its repository.

    Built here are those whose row names a repository: one that names none is left out by the word of its row.

    CC8.1: another prompt or model is another behaviour, as another line of code is, and is approved as one.
    """
    source, id = of_source(system.repository or "")
    for repository in repositories.all("id", id):
        if repository.source == source:
            assert not repository.archived, f"{id} is archived: what is in use now is kept elsewhere"
            assert repository.protected, f"changes reach {id} without a review"
            assert repository.admins_bound, f"administrators pass by the review of {id}"
            return
    raise AssertionError(f"{source} has no repository {id}")
