"""Populations: all resources of a kind, with what is known of their completeness."""

from soc2test.populations.likeness import normal_email, one_mailbox, one_name
from soc2test.populations.population import Gap, Matches, Population

__all__ = ["Gap", "Matches", "Population", "normal_email", "one_mailbox", "one_name"]
