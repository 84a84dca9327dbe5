"""The IAM action of each call about findings, from the Service Authorization Reference; see the source `aws`."""

import msgspec

from soc2test import Rights
from soc2test_plugins.aws.rights import RIGHTS

__all__ = ["INSPECTOR", "SECURITY_HUB"]

INSPECTOR: Rights = msgspec.structs.replace(
    RIGHTS,
    of={
        "inspector2 batch-get-account-status": ("inspector2:BatchGetAccountStatus",),
        "inspector2 list-coverage": ("inspector2:ListCoverage",),
        "inspector2 list-findings": ("inspector2:ListFindings",),
        "sts get-caller-identity": (),
    },
)
SECURITY_HUB: Rights = msgspec.structs.replace(
    RIGHTS,
    of={
        "securityhub get-finding-history": ("securityhub:GetFindingHistory",),
        "securityhub get-findings": ("securityhub:GetFindings",),
        "sts get-caller-identity": (),
    },
)
