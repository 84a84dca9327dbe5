"""PagerDuty: the incidents that somebody was paged for, and the users of an account."""

from soc2test_plugins.pagerduty.hooks import soc2_sources

__all__ = ["soc2_sources"]
