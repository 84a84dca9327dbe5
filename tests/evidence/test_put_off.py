"""A text that says only that something is yet to be done tells nothing of what was."""

import pytest

from soc2test.evidence.put_off import is_put_off


@pytest.mark.parametrize(
    "text",
    [
        "will be compared in January", "To be confirmed by counsel.", "is still to be agreed with the board",
        "Conclusion pending", "pending", "decision outstanding until the next meeting", "analysis will follow",
        "Waiting for the vendor's answer", "awaiting legal review", "Awaiting the vendor", "in our backlog for Q3",
        "Update planned for the next sprint", "we'll look into it next week", "Fix is scheduled for March",
        "needs to be checked", "The team is going to patch it once the vendor releases a fix", "it\u2019ll be done soon",
        "comparison follows later", "wird noch gepr\u00fcft", "noch offen", "sera v\u00e9rifi\u00e9",
        "The fix is still under way", "ON THE ROADMAP", "work in progress",
    ],
)  # fmt: skip
def test_what_is_yet_to_come_is_put_off(text: str) -> None:
    assert is_put_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "compared with the list of files", "Kept until the contract has ended", "wird per Ausweis gepr\u00fcft",
        "Pending changes of the vendor do not reach us", "Planned maintenance of a disk failed", "due to the tax law",
        "Reviewed; will be looked at again in 2027", "To be able to answer merchants", "Will of the customer",
        "Outstanding invoices have to be kept for ten years", "Scheduled job stopped", "The vendor will be replaced",
        "In progress of the migration two rows were lost", "Open to everybody on the intranet", "Ongoing contract",
    ],
)  # fmt: skip
def test_what_was_done_or_is_meant_otherwise_is_content(text: str) -> None:
    assert not is_put_off(text)
