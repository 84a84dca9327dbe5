"""OpenAI: users, projects, service accounts and keys of an organization of its API platform."""

from soc2test_plugins.openai.hooks import soc2_sources

__all__ = ["soc2_sources"]
