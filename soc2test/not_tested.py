"""What none of the shipped tests shows of each criterion: the list that an auditor turns into requests.

A light that is green says what was tested and no more. The lines are our own words; they stand in the criterion's row
of every report, whatever its status, and are kept in step with the shipped tests.
"""

from collections.abc import Mapping

__all__ = ["NOT_TESTED"]

_SECURITY: Mapping[str, tuple[str, ...]] = {
    "CC1.1": (
        "that the dates of acknowledgement come from a signing system: they may be typed into the register of people",
        "that a signed code or agreement says what its row says: files are not opened, and several rows may name one",
        "people whom the register lacks: that each account is somebody's whom it names is tested under CC6.2",
        "how breaches of the code of conduct were handled",
        "whether those at the top live by it",
    ),
    "CC1.2": (
        "meetings of a board or of owners: minutes, who was there, security on the agenda",
        "whether a member is independent, and by which rule; where owners manage, how they are overseen",
    ),
    "CC1.3": (
        "reporting lines, and who may decide what",
        "a dated organisation chart, and that somebody is named for security",
    ),
    "CC1.4": (
        "role descriptions, and whether people meet them",
        "what a background check found: its date is tested",
        "that a certificate is of the person and the course of its row: no file is opened",
        "what a training taught, and reviews of performance",
    ),
    "CC1.5": (
        "that reviews of people cover their duties for security",
        "what follows where a duty is not done",
    ),
    "CC2.1": (
        "a register of assets against what is in the cloud, both ways",
        "flows of data, their diagram and its review",
        "whether the information that tests rest on is right at its source",
    ),
    "CC2.2": (
        "that policies reached those who work by them",
        "a channel for incidents and one for whistleblowers, and when each was last tried",
        "that changes were announced to those who run the system",
    ),
    "CC2.3": (
        "commitments to customers (terms, service levels, data processing) and how changes to them were told",
        "a way for outsiders to report a weakness, and an address for support",
        "what customers must do themselves, and that they were told so",
        "whether the notice of an incident said what it had to",
    ),
    "CC3.1": (
        "service commitments and system requirements, approved and specific enough to judge risks by",
        "how much risk the company is willing to take",
    ),
    "CC3.2": (
        "whether a rating is right, and a treatment enough",
        "that important assets are named by risks: of vendors, the critical ones alone are tested",
        "who has the authority to accept a risk, and whether its owner may: that somebody of the company did is tested",
        "that scans and penetration tests feed the register",
    ),
    "CC3.3": (
        "whether scenarios cover incentive, pressure, opportunity and override by management: they are counted",
        "whether a response works",
    ),
    "CC3.4": (
        "that new vendors, products, technologies, leaders and rules each led to an entry in the risk register",
        "a list of changes that is kept by somebody else than the owner of the risks",
    ),
    "CC4.1": (
        "that somebody read the results of these tests and acted on them",
        "an internal audit, or an assessment by others, by plan",
        "a penetration test, its scope and its report",
    ),
    "CC4.2": (
        "that each finding has an owner and a due date, and was reported upwards",
        "that what was closed was tested again",
    ),
    "CC5.1": (
        "that each risk above what is accepted is answered by a control, and each control answers one",
        "that duties which must not meet in one hand (payment, production, approval) are apart",
    ),
    "CC5.2": (
        "a life cycle of development and acquisition, with requirements for security",
        "baseline settings that are enforced, and who owns each system",
    ),
    "CC5.3": (
        "whether what a policy says is done: its existence, approval and review are tested",
        "that procedures say who does what and when",
        "that a policy reached each of its readers",
        "who has the authority to approve a policy, and that a file which a row names says what the row says",
    ),
    "CC6.1": (
        "separation of networks, and of environments from each other",
        "who may use a key, and how keys of others' making are kept",
        "an inventory of information assets",
        "secrets outside of the vaults and repositories that are exported",
        "accounts within systems that export none, and in the databases themselves",
    ),
    "CC6.2": (
        "that an approved request came before each grant",
        "when accounts of joiners were made: the date of the request may be typed afterwards",
        "removal in systems whose accounts no export lists",
        "leavers that the register lacks, where no list or log that was exported tells of an account that was closed",
        "who has the authority to review access",
        "that a reviewer has an account in a directory that is exported: one without may be somebody else's name",
    ),
    "CC6.3": (
        "that each right was approved, and fits the role of whom it was given to",
        "rights of people who changed their job, and rights that nobody uses",
        "that the signed record of a review, where one is named, says what its rows say",
        "duties that conflict",
        "owners of groups that have rights in Azure or Google Cloud, who may let themselves in",
        "service principals in groups of Entra, or owning them: version 1.0 of Microsoft Graph may leave them out",
        "rights below that of an administrator, beyond what reviews decided",
        "that changes of rights by reviews were made: only who is still an administrator contradicts one",
        "who has the authority to decide in a review: that it was another person who worked here is tested",
        "that who decided has an account in a directory that is exported",
        "who holds a root account: whether its holder decided on it in a review",
    ),
    "CC6.4": (
        "badges, visitors and locks of offices and machine rooms",
        "what a hosting provider does at its sites, and that its report was read for it",
        "that who left had a device at all: of one who is listed with none nothing has to come back",
    ),
    "CC6.5": (
        "that a wipe took place: a row may say so without the record of the device management or a certificate",
        "disposal of disks, paper and other media",
        "devices that no row names as those of who left, or that were handed to a colleague in the register",
    ),
    "CC6.6": (
        "firewall rules that a database of Azure SQL holds itself (sys.database_firewall_rules)",
        "public addresses of managed services that are no store, endpoint or network rule in an export",
        "cover against floods of requests and attacks on web applications",
        "detection of intruders at the boundary, and reviews of firewall rules",
        "remote access by other ways than the sign-in that is tested",
    ),
    "CC6.7": (
        "encryption behind the endpoint that ends the connection",
        "when certificates run out",
        "removable media, and rules against the loss of data",
        "copies that leave by mail, chat or downloads",
        "that everybody here has a listed device, and who left had one: people without one are not asked for it",
        "that the register of devices is whole: no export of a device management or a directory is held against it",
    ),
    "CC6.8": (
        "people who work on a device that no list holds: nobody is asked for one",
        "devices that no device management lists: their sign-ins are not compared with it",
        "who administers a device, and which software may run on it",
        "that images were searched before they were let in, and files watched for changes",
    ),
    "CC7.1": (
        "assets that the scanner does not know: what was scanned is not compared with the whole inventory",
        "hardening of hosts and of systems other than workloads",
        "that recorded changes of settings are looked at",
        "how often settings are recorded: once a day misses what was changed back",
    ),
    "CC7.2": (
        "that somebody reads logs and alarms",
        "logs of applications and of services that export none",
        "that those who are watched can't delete what was recorded, beyond the stores that are exported",
        "what an alarm is set to notice",
    ),
    "CC7.3": (
        "events and alerts that never became an incident in the register",
        "whether the judgement of an event was right, and its effect on data",
        "that alerts, pages and tickets tie out",
    ),
    "CC7.4": (
        "the plan for incidents, and an exercise of it",
        "containment, and what was done for each incident",
        "incidents that nobody recorded",
    ),
    "CC7.5": (
        "that the file of a postmortem says what its row says: cause, day and actions",
        "whether what a postmortem decided on keeps it from happening again",
        "an exercise of recovery from an incident, and lessons that reached the plan",
    ),
    "CC8.1": (
        "changes made in a console, in a database or by hand on a host",
        "that what runs is what was merged",
        "emergency changes and their review afterwards",
        "changes of repositories that were deleted or moved away, unless the exported audit log tells of it",
        "how the branches of repositories that are archived now were protected before",
        "that a register of people names each account of a person: one that it leaves out is told by addresses alone",
        "changes that were merged although another reviewer asked for some more",
        "test data, and that environments are apart",
        "what the tests of a change test",
    ),
    "CC9.1": (
        "a plan for continuity, the risks behind it and their review",
        "insurance that is in force",
    ),
    "CC9.2": (
        "vendors that the register lacks, but for those of declared sources: payments and single sign-on are not asked",
        "that a report says what its row says: period, opinion, exceptions; no file is opened",
        "when a report was issued: one of a period that ended days ago can't be there yet",
        "what a vendor's report says of the services in use, and of controls that it expects of its customers",
        "controls that are assumed at subservice organisations, one by one",
        "access of vendors whose contract ended",
    ),
}

_AVAILABILITY: Mapping[str, tuple[str, ...]] = {
    "A1.1": (
        "capacity of what computes: processors, memory, scaling of groups, and quotas of the account",
        "stores without a label that matters, disks as their machines see them, and stores of other providers than AWS",
        "whether the limit of an alarm, or of storage that grows, leaves time to act",
        "a forecast of what will be needed, and its review",
    ),
    "A1.2": (
        "backups out of reach of those who can delete the original",
        "fire, power and cooling at the sites of the provider",
        "stores that the list of production leaves out",
    ),
    "A1.3": (
        "restores that no job of AWS Backup records: automatic backups of RDS, versions in S3, other providers",
        "what was compared after a restore: counts may be typed, and what validated it is the company's own program",
        "that a service runs on what was restored: a store that is back is not yet a system that works",
        "how much the last real loss cost: a restore takes the recovery point that was chosen for it",
        "an exercise of the plan for continuity",
    ),
}

_CONFIDENTIALITY: Mapping[str, tuple[str, ...]] = {
    "C1.1": (
        "that a confidentiality agreement says what its row says: days may be typed, and no file is opened",
        "whether a label is right: what scanners find in a store is not compared with its class",
        "confidential information outside of data stores: mail, documents, chat, devices",
        "where confidential data flows to, and who can read it",
    ),
    "C1.2": (
        "the age of the oldest record, and that nothing is deleted before its time is over",
        "customers who left and stand in no row: the register of former customers is held against no list of contracts",
        "that a search found nothing: the number is typed, and no file is opened",
        "data of former customers outside of labelled stores and listed vendors: mail, documents, logs, devices",
        "data at subservice organisations that lie in none of our stores; destruction of media by the provider",
    ),
}

_PROCESSING: Mapping[str, tuple[str, ...]] = {
    "PI1.1": (
        "specifications of what is processed, with inputs, outputs and an owner",
        "that those who use the results know the specification",
    ),
    "PI1.2": (
        "checks at each way in, and what happens to what they refuse",
        "that input is complete against its source",
    ),
    "PI1.3": (
        "that jobs ran when they were due, and what became of failures",
        "totals of two systems that agree: a job that ended well may have processed half",
    ),
    "PI1.4": (
        "that results were delivered whole, in time and to the right recipient",
        "totals of what went out against what came in",
    ),
    "PI1.5": (
        "that stored records are whole and protected from change",
        "checks of their integrity, and what they found",
    ),
}

_PRIVACY: Mapping[str, tuple[str, ...]] = {
    "P1.1": (
        "a notice that names each purpose, and agrees with the record of processing",
        "that it is shown where data is collected, and changes are announced",
    ),
    "P2.1": (
        "consent before processing where it is the ground, complete against those who signed up",
        "that a withdrawal was followed in time",
    ),
    "P3.1": (
        "fields that are collected against those that were declared, by the schema of the database",
        "data that comes from others",
    ),
    "P3.2": ("explicit consent for sensitive data, and that its consequence was explained",),
    "P4.1": ("that data is used for its purpose alone: no export can show it",),
    "P4.2": (
        "how long each purpose needs data, and that nothing older is kept",
        "data in backups and at vendors",
    ),
    "P4.3": (
        "that requests to delete were carried out in every store, backup and at every vendor",
        "that a rule of expiry deletes what it should",
    ),
    "P5.1": (
        "requests of people for their data, and the time until each was answered",
        "requests that came by mail and never reached the log",
        "how the identity of who asks is checked",
    ),
    "P5.2": (
        "corrections that were made, and passed on to those who have the data",
        "reasons that were given where a correction was denied",
    ),
    "P6.1": (
        "third parties that get personal data against the notice and the consent",
        "flows of data as systems show them",
    ),
    "P6.2": ("a record of disclosures, complete against the flows of data",),
    "P6.3": ("a record of unauthorised disclosures, and that an empty one is true",),
    "P6.4": (
        "that an agreement says what its row says: the file is held to its digest, not read",
        "whether a vendor keeps to the agreement: its signature is tested",
        "vendors that handle personal data and are not marked so in the register",
    ),
    "P6.5": (
        "the duty of vendors to report breaches, in each contract",
        "that a notice of a vendor was received and handled",
    ),
    "P6.6": (
        "that people and authorities were told of a breach in the legal time",
        "that there was none, where none is recorded",
    ),
    "P6.7": ("accounts of data held and disclosed that were given to people who asked",),
    "P7.1": (
        "that personal data is accurate, up to date, complete and relevant",
        "checks of it, and corrections that followed",
    ),
    "P8.1": (
        "complaints, the answer to each and the time it took",
        "a yearly review of how privacy commitments are kept",
    ),
}

NOT_TESTED: Mapping[str, tuple[str, ...]] = {
    **_SECURITY,
    **_AVAILABILITY,
    **_CONFIDENTIALITY,
    **_PROCESSING,
    **_PRIVACY,
}
"""Criterion id -> short lines, each of which completes "it is not tested here, ..."."""
