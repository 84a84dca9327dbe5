"""Which version of a privacy notice people could read at a moment."""

from datetime import datetime

from soc2test import PrivacyNotice

__all__ = ["in_force"]


def in_force(notice: PrivacyNotice, moment: datetime) -> bool:
    """It was published by then, and no other version had taken its place."""
    published, replaced = notice.published_at, notice.replaced_at
    return published is not None and published <= moment and (replaced is None or replaced > moment)
