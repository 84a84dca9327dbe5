"""Formats of other tools' making, written where `--soc2-format` asks for them: one writer a file."""

from collections.abc import Mapping

from soc2test.reports.formats.ocsf import Ocsf
from soc2test.reports.formats.oscal import Oscal
from soc2test.reports.formats.sarif import Sarif
from soc2test.run import Writer

__all__ = ["FORMATS"]

FORMATS: Mapping[str, Writer] = {"ocsf": Ocsf(), "oscal": Oscal(), "sarif": Sarif()}
"""by the name that the option takes"""
