"""Populations: all resources of a kind, with what is known of their completeness."""

from soc2test.populations.likeness import normal_email, one_mailbox, one_name
from soc2test.populations.population import Gap, Matches, Population
from soc2test.populations.three_valued import all_of, any_of

__all__ = ["Gap", "Matches", "Population", "all_of", "any_of", "normal_email", "one_mailbox", "one_name"]
