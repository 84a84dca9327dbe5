"""What none of the shipped tests shows of availability, confidentiality and privacy: a part of `not_tested`."""

from collections.abc import Mapping

__all__ = ["AVAILABILITY", "CONFIDENTIALITY", "PRIVACY"]

AVAILABILITY: Mapping[str, tuple[str, ...]] = {
    "A1.1": (
        "capacity of workloads in clusters, of groups that scale, and quotas of the account",
        "stores that a label keeps out, where no scanner and no record of processing speaks of them",
        "disks as their machines see them, and stores of other providers than AWS",
        "whether who hears an alarm still works here: CC7.2 asks that",
        "whether the limit of an alarm, or of storage that grows, leaves time to act",
        "whether a forecast is right: its numbers are a row's, held to a document that is not read",
        "that each important store and machine is looked at ahead: one look at anything shows a quarter",
    ),
    "A1.2": (
        "objects that an upload or a rule of the life cycle puts into a single zone (S3 One Zone)",
        "backups out of reach of those who can delete the original",
        "fire, power and cooling at the sites of the provider",
        "stores that the list of production leaves out",
        "stores that a wrong label keeps out, where no scanner and no record of processing speaks of them",
        "that recovery points lie in another place, and are encrypted: the keys of those that jobs name are tested",
        "keys behind an alias, a disk encryption set or in a document of Terraform: whether these are on",
        "gaps between recovery points before the first job or copy that is still listed",
        "when a store's own automatic backups last succeeded: that they are on is tested",
        "whether a store can use its key, but for databases that say so: of RDS, DynamoDB, Azure and Cloud SQL",
        "that a plan takes in each store that matters",
    ),
    "A1.3": (
        "stores that a wrong label keeps out, where no scanner speaks of them",
        "restores that no job of AWS Backup records: automatic backups of RDS, versions in S3, other providers",
        "what was compared after a restore: counts may be typed, and what validated it is the company's own program",
        "that a service runs on what was restored: a store that is back is not yet a system that works",
        "how much the last real loss cost: a restore takes the recovery point that was chosen for it",
        "that an exercise which was talked through would have brought a process back",
        "processes for which no plan is written: what a plan names is asked to be exercised, and no more",
        "whether a restore brought back all of a store, or single objects",
        "that what a plan names came back within its times: plans name no stores, and restores are held to own limits",
    ),
}

CONFIDENTIALITY: Mapping[str, tuple[str, ...]] = {
    "C1.1": (
        "how long records of access to a store are kept, but for those that are a trail's",
        "that a confidentiality agreement says what its row says: days may be typed, and no file is opened",
        "that a scanner looks at all of a store: it takes samples, and knows the patterns that it was given",
        "stores that a wrong label keeps out of tests of keys and logs, where no scanner speaks of them",
        "confidential information outside of data stores: mail, documents, chat, devices",
        "where confidential data flows to, and who can read it, but for whom a store of AWS lets in by name",
    ),
    "C1.2": (
        "the age of the oldest record, and that nothing is deleted before its time is over",
        "customers who came and left between two counts of the billing system, and those who left before the year",
        "that a search found nothing: the number is typed, and no file is opened",
        "what vendors still hold that are no longer in use",
        "that each rule is laid down in a file of its own: one schedule may hold several",
        "data of former customers outside of labelled stores and listed vendors: mail, documents, logs, devices",
        "data at subservice organisations that lie in none of our stores; destruction of media by the provider",
        "copies made by hand and recovery points of backup plans: only a store's own backups and versions are asked",
        "versions that a rule for a part of a bucket, by prefix, tag or number, leaves out",
        "that the days of a rule were not changed to excuse what was late",
    ),
}

PRIVACY: Mapping[str, tuple[str, ...]] = {
    "P1.1": (
        "what a notice says: no file is asked for or opened, that it names a purpose or a recipient is a row's word",
        "places where data is taken that no row has, such as apps, calls and cookies",
        "that an announcement reached each person, and that nobody's data was used for the new before it held",
    ),
    "P2.1": (
        "consents to cookies, and by ways that no register of places has",
        "that a place shows what its row says: somebody looked, no file is opened",
        "whether the count of sign-ups by the system is whole, and consents older than a year",
        "that the consent which a request took back was that of the person: one of the purpose, in these days, counts",
    ),
    "P3.1": (
        "stores whose own list of fields is not there: files, logs, vendors, columns that hold texts or JSON",
        "whether a field is needed for its purpose: that somebody declared it is tested",
        "data that comes from others than the person",
    ),
    "P3.2": (
        "sensitive data that the record of processing does not call so, nor by a word that is known here",
        "that a law, vital interests, a public task or an instruction allows it without consent: it is a row's word",
        "whether a consent was free, and what was said beside the form",
    ),
    "P4.1": (
        "that data is used for its purpose alone: no export can show it, so that a person states it",
        "what somebody with access to a store looks at, and why",
    ),
    "P4.2": (
        "data in stores that the record of processing does not name, such as files, chats and mailboxes",
        "that a query asks for all records of a purpose, and by the right date: its text is there to be run again",
        "questions that a store was asked once and not for months: the last answer to each of the lately asked counts",
        "whether a purpose needs its data for so long: any number of days is taken",
        "that nothing was deleted before the time that a law asks for",
        "that what a store answered can be: no record of a purpose in use, one of before it began, more than there are",
    ),
    "P4.3": (
        "that a rule of expiry deletes what it should: the oldest record of each store is tested in its place",
        "copies besides a store's own backups: snapshots made by hand, dumps, devices, recovery points of plans",
        "versions that outlive the rule that ends them: by prefix, by tag, or by how many newer ones there are",
        "data at vendors whose contract ended",
    ),
    "P5.1": (
        "whether an answer held all that is kept of the person: no file is opened",
        "requests by ways that no notice names and no row has, and whether the count of a system is whole",
        "whether the check of who asks was enough: that it was done, and how, is a row's word",
        "that a request was taken back by the person, and that nothing was held: both are the row's word",
        "that a granted objection, restriction or transfer was carried out: that it was answered in time is tested",
    ),
    "P5.2": (
        "that data is right after its correction, in each store and with each of those who were told",
        "recipients of before that neither the record of processing nor a disclosure names",
        "whether a reason for a denial holds",
    ),
    "P6.1": (
        "whether flows that systems show carry personal data: recipients are those of the record of processing",
        "whether a notice says in plain words what its row says, and whether the ground holds: no file is opened",
        "disclosures of up to PRV-06's `single_days` to somebody whom no notice and no consent names",
        "recipients that flows of systems alone show: those of the two registers are asked for",
    ),
    "P6.2": (
        "data that was given out and is in no register: single disclosures have no second source",
        "whether who allowed a disclosure had the authority to",
        "several single disclosures to one recipient that are a flow together",
    ),
    "P6.3": (
        "whether an assessment that found nothing reached looked far enough: its reasons are not read",
        "breaches that are neither an incident of the register nor a notice of a vendor",
        "whether the count of notices by the ticket system is whole",
    ),
    "P6.4": (
        "that an agreement says what its row says: where a file is named it is held to its digest, not read",
        "how deep a vendor was looked into, and whether a failure is gone: its correction is a row's day",
        "vendors with personal data that neither their own row nor the record of processing or of disclosures names",
    ),
    "P6.5": (
        "whether an agreement that names no hours is kept in time",
        "notices of vendors to an address that is not ours in the agreement",
    ),
    "P6.6": (
        "whether a notification said what the law asks for, and which law applies",
        "whom a notification went to, but by the row's word",
        "when somebody here could have known of a breach: hours begin a day after detection at the latest",
        "whether the risk for people was judged rightly",
    ),
    "P6.7": (
        "that the answer says what its row says: no file is opened",
        "that nothing was held of who was told so: the outcome is a word of the register",
        "that a request names each purpose for which data of the person was held",
        "single disclosures that concerned who asked, such as to an authority",
        "accounts to people whose request is in no register and no count",
    ),
    "P7.1": (
        "records that nobody drew: checks look at some",
        "whether what data was held against is right itself",
        "data that is held on behalf of others, and what vendors keep",
    ),
    "P8.1": (
        "complaints by ways that no notice names, to authorities or in public, that no row has",
        "whether a remedy was enough, and what a review looked at beyond its counts",
        "that the count of complaints comes from a system, and is none of the register itself",
    ),
}
