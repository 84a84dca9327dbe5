"""Words that several of Okta's answers share."""

__all__ = ["LIFECYCLE"]

LIFECYCLE = {"ACTIVE": True, "INACTIVE": False}
"""Statuses of policies, their rules and role assignments: is it in force?"""
