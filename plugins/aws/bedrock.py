"""Amazon Bedrock: whether what models are asked and answer is recorded.

https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
"""

from soc2test import Facts, Item, Subject, UnknownFact, facts, flag, id_text, item_of, or_unknown
from soc2test_plugins.aws.kinds import BedrockLog
from soc2test_plugins.aws.references import logged_in
from soc2test_plugins.aws.source import arn, aws, regional


@aws.reads(
    "bedrock get-model-invocation-logging-configuration",
    kind=BedrockLog,
    lists=True,
    empty={},
    references=[logged_in("loggingConfig.cloudWatchConfig.logGroupName")],
)
def invocation_logging(body: Item, at: Subject) -> Facts:
    """Nothing is printed where it is off, as it is by default."""
    written = body.or_else("loggingConfig", None)
    if written is None:
        return facts(regional(at, "bedrock"), texts=False, log_store=None)
    configuration = item_of(written)
    return facts(
        regional(at, "bedrock"),
        texts=or_unknown(lambda: flag(configuration["textDataDeliveryEnabled"])),
        log_store=or_unknown(lambda: _log_store(configuration, at)),
    )


def _log_store(configuration: Item, at: Subject) -> str:
    """The group of logs that it delivers to, in the same account and region."""
    written = configuration.or_else("cloudWatchConfig", None)
    if written is None:
        raise UnknownFact("log_store", "it is delivered to a bucket alone: how long that keeps it is not told here")
    return arn(at, "logs", f"log-group:{id_text(item_of(written)['logGroupName'])}")
