"""What came in for each run of a job, and what was refused of it."""

from soc2test import Facts, InputBatch, Item, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("rejected_inputs", InputBatch)
def input_batch(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        job=item["job"],
        interface=item["interface"],
        run_due=item.time("run_due"),
        received=item["received"],
        accepted=item["accepted"],
        rejected=item["rejected"],
        resolved=item["resolved"],
        resolved_at=time_or_none(item, "resolved_at"),
        resolved_by=item.or_else("resolved_by", None),
    )
