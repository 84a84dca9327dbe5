"""Media that left the company for good."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["Disposal"]


class Disposal(Resource, frozen=True, gc=False, kw_only=True):
    """One destruction or handing over of media with data on them: a device, disks, tapes, paper."""

    category: str
    """"device", "disk", "tape", "paper", "other\""""
    serials: tuple[str, ...]
    """serial numbers of what was disposed of; empty for paper and the like"""
    disposed_at: datetime
    approved_by: str | None
    """e-mail of who approved it; None: nobody did"""
    carried_out_by: str | None
    """e-mail of the person, or id of the `Vendor`, who did it; None: nobody is named"""
    certificate: str | None
    """file of the certificate that names what was destroyed, when, how and by whom; None: there is none"""
