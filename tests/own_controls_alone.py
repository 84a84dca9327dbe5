"""Runs and commands of tests that are about own controls load no shipped ones, which takes half of their time."""

import os
from collections.abc import Mapping

from soc2test.controls import packs

__all__ = ["ASKED", "NO_GROUP", "load_own_alone"]

ASKED = "SOC2TEST_TESTS_OWN_CONTROLS_ALONE"
"""a variable: where it is set, a forked run loads what a company would that installed no pack"""
NO_GROUP = "no group of packs"


def load_own_alone(environment: Mapping[str, str] = os.environ) -> None:
    """Do so in this process from now on, where the environment asks for it."""
    if environment.get(ASKED):
        packs.GROUP = NO_GROUP
