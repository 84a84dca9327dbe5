"""Terraform and OpenTofu: what a plan is going to make, and what a state says was made."""

from soc2test_plugins.terraform.hooks import soc2_claim, soc2_sources

__all__ = ["soc2_claim", "soc2_sources"]
