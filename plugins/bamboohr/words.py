"""The words of BambooHR that have a meaning of their own; those of employment are each company's."""

from collections.abc import Mapping

__all__ = ["ACTIVE"]

ACTIVE: Mapping[str, bool] = {"Active": True, "active": True, "Inactive": False, "inactive": False}
"""`status`: "Employee's current status (active/inactive)" (bhr-api-php, GetEmployeesEmployeeResponse), "Active or
Inactive" (documentation.bamboohr.com/docs/list-of-field-names). Inactive is who is "no longer employed"
(bamboohr.screenstepslive.com, Active vs. Inactive Status), or will be later."""
