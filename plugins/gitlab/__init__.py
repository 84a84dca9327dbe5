"""GitLab: members, projects with their protection, and merge requests of a top-level group."""

from soc2test_plugins.gitlab.hooks import soc2_sources

__all__ = ["soc2_sources"]
