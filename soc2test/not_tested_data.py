"""What none of the shipped tests shows of availability, confidentiality and processing: a part of `not_tested`."""

from collections.abc import Mapping

__all__ = ["AVAILABILITY", "CONFIDENTIALITY", "PROCESSING"]

AVAILABILITY: Mapping[str, tuple[str, ...]] = {
    "A1.1": (
        "capacity of workloads in clusters, of groups that scale, and quotas of the account",
        "stores that a label keeps out, where no scanner and no record of processing speaks of them",
        "disks as their machines see them, and stores of other providers than AWS",
        "whether who hears an alarm still works here: CC7.2 asks that",
        "whether the limit of an alarm, or of storage that grows, leaves time to act",
        "whether a forecast is right: its numbers are a row's, held to a document that is not read",
    ),
    "A1.2": (
        "backups out of reach of those who can delete the original",
        "fire, power and cooling at the sites of the provider",
        "stores that the list of production leaves out",
        "stores that a wrong label keeps out, where no scanner and no record of processing speaks of them",
        "that recovery points lie in another place, and are encrypted",
        "gaps between recovery points before the first job or copy that is still listed",
        "when a store's own automatic backups last succeeded: that they are on is tested",
        "that a plan takes in each store that matters",
    ),
    "A1.3": (
        "stores that a wrong label keeps out, where no scanner speaks of them",
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
        "stores that a wrong label keeps out of tests of keys and logs, where no scanner speaks of them",
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

PROCESSING: Mapping[str, tuple[str, ...]] = {
    "PI1.1": (
        "whether a specification is right and says enough to judge by: its file is held to a digest, not read",
        "that those who use the results read what they were told",
        "processing that no system starts by a schedule (streams, requests, jobs by hand) and no register has",
        "jobs of systems that export no list of them: of Kubernetes' cron jobs alone one is read",
    ),
    "PI1.2": (
        "that an interface refuses what is wrong: where nothing was refused, nothing shows that it was checked",
        "that what was received is all that was sent: counts begin at the interface",
        "that counts of inputs come from the interface: they may be typed, and are held against the totals of the job",
        "a run for which an interface counted nothing, where it counted something for another one",
    ),
    "PI1.3": (
        "that totals come from the two systems that are named: they may be typed where a row names no document",
        "whether what was processed is right record by record: counts and sums can agree where two faults cancel",
        "runs that failed and were made good too late, once a later one ended well: systems keep few of them",
        "failures of jobs that no schedule starts",
    ),
    "PI1.4": (
        "that the recipient has what a row says: its count may be typed, and is held against the totals of the run",
        "that nobody else has it, and that a result is shown as it was made",
    ),
    "PI1.5": (
        "that each record is stored which should be: totals end where results were made",
        "how a check of integrity was done: its counts are tested, and no file is opened",
        "what databases and disks keep of former states of a single record",
    ),
}
