"""Registers: what a company keeps by hand in YAML or CSV, such as its people, vendors, risks and policies."""

from soc2test_plugins.registers.entries import soc2_claim, soc2_sources
from soc2test_plugins.registers.schemas import REGISTERS, load_schema, schema_path

__all__ = ["REGISTERS", "load_schema", "schema_path", "soc2_claim", "soc2_sources"]
