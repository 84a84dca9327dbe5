"""KnowBe4: the trainings that people were enrolled in, and which they completed."""

from soc2test_plugins.knowbe4.hooks import soc2_sources

__all__ = ["soc2_sources"]
