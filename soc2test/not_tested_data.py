"""What none of the shipped tests shows of availability and confidentiality: a part of `not_tested`."""

from collections.abc import Mapping

__all__ = ["AVAILABILITY", "CONFIDENTIALITY"]

AVAILABILITY: Mapping[str, tuple[str, ...]] = {
    "A1.1": (
        "capacity of workloads in clusters, of groups that scale, and quotas of the account",
        "stores without a label that matters, disks as their machines see them, and stores of other providers than AWS",
        "whether the limit of an alarm, or of storage that grows, leaves time to act",
        "whether a forecast is right: its numbers are a row's, held to a document that is not read",
    ),
    "A1.2": (
        "backups out of reach of those who can delete the original",
        "fire, power and cooling at the sites of the provider",
        "stores that the list of production leaves out",
        "when a store's own automatic backups last succeeded: that they are on is tested",
        "that a plan takes in each store that matters",
    ),
    "A1.3": (
        "restores that no job of AWS Backup records: automatic backups of RDS, versions in S3, other providers",
        "what was compared after a restore: counts may be typed, and what validated it is the company's own program",
        "that a service runs on what was restored: a store that is back is not yet a system that works",
        "how much the last real loss cost: a restore takes the recovery point that was chosen for it",
        "that an exercise which was talked through would have brought a process back",
        "whether a restore brought back all of a store, or single objects",
        "that what a plan names came back within its times: plans name no stores, and restores are held to own limits",
    ),
}

CONFIDENTIALITY: Mapping[str, tuple[str, ...]] = {
    "C1.1": (
        "that a confidentiality agreement says what its row says: days may be typed, and no file is opened",
        "that a scanner looks at all of a store: it takes samples, and knows the patterns that it was given",
        "confidential information outside of data stores: mail, documents, chat, devices",
        "where confidential data flows to, and who can read it",
    ),
    "C1.2": (
        "the age of the oldest record, and that nothing is deleted before its time is over",
        "customers who came and left between two counts of the billing system, and those who left before the year",
        "that a search found nothing: the number is typed, and no file is opened",
        "what vendors still hold that are no longer in use",
        "data of former customers outside of labelled stores and listed vendors: mail, documents, logs, devices",
        "data at subservice organisations that lie in none of our stores; destruction of media by the provider",
    ),
}
