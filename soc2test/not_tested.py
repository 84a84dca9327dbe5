"""What none of the shipped tests shows of each criterion: the list that an auditor turns into requests.

A light that is green says what was tested and no more. The lines are our own words; they stand in the criterion's row
of every report, whatever its status, and are kept in step with the shipped tests.
"""

from collections.abc import Mapping

from soc2test.not_tested_data import AVAILABILITY, CONFIDENTIALITY

__all__ = ["NOT_TESTED"]

_SECURITY: Mapping[str, tuple[str, ...]] = {
    "CC1.1": (
        "that the dates of acknowledgement come from a signing system: they may be typed into the register of people",
        "that a signed code or agreement says what its row says: files are not opened, and several rows may name one",
        "people whom the register lacks: that each account is somebody's whom it names is tested under CC6.2",
        "breaches that came in by no line that counts, and whether what followed was fair: who decided is tested",
        "whether those at the top live by it",
    ),
    "CC1.2": (
        "that minutes say what their row says, and copy no others by another name: they are held to a digest, not read",
        "that the register of members is whole: a quorum is counted from it",
        "by which rule a member was found independent, and whether it is so: the register of people can but contradict",
        "whether somebody who determined it manages, where it was no member of the body",
        "that members know enough of security and controls to oversee them, and what they asked for",
        "how a company is overseen whose owners all manage it: the test of independence deviates there",
    ),
    "CC1.3": (
        "who may decide what: that roles are described and approved is tested under CC1.4",
        "that the lines of the organisation chart are those of the register of people: who is on it is compared",
        "that who is named for security has the means and the authority for it",
        "reporting lines to customers, vendors and authorities",
    ),
    "CC1.4": (
        "whether people meet what their role asks for, and that its description asks for enough",
        "what a background check found: its date is tested",
        "that a certificate is of the person and the course of its row: no file is opened",
        "what a training taught, and what followed where an evaluation found that somebody falls short",
    ),
    "CC1.5": (
        "which duties for security somebody has: that an evaluation looked at them is told by its topics",
        "that the record of an evaluation or a decision says what its row says: it is held to its digest, not read",
        "controls that were not done when they were due, and who was asked about it",
        "pressure to reach goals, and what rewards ask for",
        "contractors: evaluations leave them out by default",
    ),
    "CC2.1": (
        "that an asset belongs to the system that names it: names are compared, of whatever account",
        "assets of other kinds than stores, hosts, repositories and workloads, and those in what is not exported",
        "flows of data, their diagram and its review",
        "whether the information that tests rest on is right at its source",
    ),
    "CC2.2": (
        "that a confirmation comes from a signing system: its day may be typed where no document is named",
        "whether people understood what they confirmed, and policies beyond those that are for all",
        "that a line for reports keeps the secret of who reports, and that nobody is worse off for it",
        "what became of reports of incidents by the line: those that became incidents are tested under CC7",
        "that the record of a message that tried a line is no copy of another one by another name",
        "that changes were announced to those who run the system",
    ),
    "CC2.3": (
        "that what a customer signed says what its row says, and whether a notice said all that had changed",
        "that customers who signed between a notice and its day were told, and single ones whom it did not reach",
        "that a contact in security.txt is answered, whose signature it bears, and sites that the register lacks",
        "an address for support, and whether it answers",
        "whether customers do what they must do themselves",
        "whether the notice of an incident said what it had to",
        "that an affected customer was told of an incident: time and whether any was affected are its row's",
    ),
    "CC3.1": (
        "that commitments and requirements are all there are, and specific enough to judge risks by",
        "that a text says what its row says: files are not opened",
        "whether the risk that is taken is right, and whether risks above it that were not accepted come down",
    ),
    "CC3.2": (
        "whether a rating is right, and a treatment enough",
        "that important assets are named by risks: of vendors, the critical ones alone are tested",
        "who has the authority to accept a risk, and whether its owner may: that somebody of the company did is tested",
        "that scans and penetration tests feed the register",
        "whether a risk is about what it names: one that names many vendors and systems counts for each",
    ),
    "CC3.3": (
        "whether scenarios cover incentive, pressure, opportunity and override by management: they are counted",
        "whether a response works",
    ),
    "CC3.4": (
        "that the list of changes is whole: vendors taken on would contradict an empty one, and nothing else does",
        "whether that look saw what a change brings: that a risk names it and was reviewed is tested",
    ),
    "CC4.1": (
        "that the digest of a matrix which management signed for is that of the run, and its count of deviations too",
        "whether a penetration test was deep enough, and its report says what its row says: no file is opened",
        "who may examine: that the address is of no employee and no domain of theirs is tested, not skill or contract",
        "that the plan of assessments covers what it should, and who approved it",
    ),
    "CC4.2": (
        "findings that no report counts, and whether one was rated as its report does, one by one: the counts tie",
        "findings whose due day was moved in the register: it is taken as first agreed",
        "that one report is not kept as two files: a copy by another name is another report here",
        "who of those who work here is management, and that severe findings reached the board",
        "whether a fix works: that somebody else tried it, by the register's own word",
    ),
    "CC5.1": (
        "whether a control answers its risk, and whether the ids that it names are those of tests that find nothing",
        "that each control answers a risk",
        "duties that must not meet in one hand, beyond the rights that IAM-22 is told of and the approval of changes",
    ),
    "CC5.2": (
        "whether a life cycle is followed, and requirements are met: the policy and the document are tested",
        "how old security requirements are: that somebody approved them, whenever, is tested",
        "whether a system is as important as its row says, where no labelled store contradicts",
        "baseline settings that are enforced",
        "systems of which no asset is exported: a service that is bought stands in the inventory by its owner's word",
        "which controls of access, change and backup each system has",
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
        "that a request was approved when its row says: the times of a ticket system are not read",
        "requests for accounts of programs, for a second account of a person in one system, and to switch one on again",
        "removal in systems whose accounts no export lists",
        "leavers that the register lacks, where no list or log that was exported tells of an account that was closed",
        "who has the authority to review access",
        "who has the authority to approve a request: that another person who worked here did is tested",
        "what a ticket that is named by its number says",
        "that a reviewer has an account in a directory that is exported: one without may be somebody else's name",
    ),
    "CC6.3": (
        "that a right was approved, where neither Okta, Google nor GitHub say when they gave it",
        "rights that were given and taken away again within the year, where a list tells only those in force",
        "that a right fits the role of whom it was given to",
        "what connectors and agents of AI systems may read and do in the systems that they are connected to",
        "what agents of AI systems do with their rights, and connectors that no list of installed applications shows",
        "that each right was approved, and fits the role of whom it was given to",
        "rights of people who changed their job, and rights that nobody uses",
        "changes of role that no row tells, and of people who moved rights below an administrator's",
        "rights that nobody uses, but for roles of AWS as a whole: which of its rights a role used is not asked",
        "that the signed record of a review, where one is named, says what its rows say",
        "duties that conflict and were not declared so, and rights below an administrator's that do",
        "whoever takes on a role with a right that conflicts: holders are told by their own accounts",
        "owners of groups that have rights in Azure or Google Cloud, who may let themselves in",
        "service principals in groups of Entra, or owning them: version 1.0 of Microsoft Graph may leave them out",
        "rights below that of an administrator, beyond what reviews decided",
        "that changes of rights by reviews were made: only who is still an administrator contradicts one",
        "who has the authority to decide in a review: that it was another person who worked here is tested",
        "that who decided has an account in a directory that is exported",
        "who has the authority to approve a right: that another person who worked here did is tested",
        "what the ticket says by whose number a request for a right is shown",
        "who holds a root account: whether its holder decided on it in a review",
    ),
    "CC6.4": (
        "that the lists of sites, badges and visits are whole: no door system is exported, and all are kept by hand",
        "badges of who left, where the list drops what is switched off",
        "that a badge is in the hand of whom the list names: that its holder was here when it was issued is tested",
        "since when a second site is in use: the day is its row's, where no review or visit of it is older",
        "that a reviewer of badges left the own one to somebody else",
        "locks, cameras and alarms, and who opened which door",
        "what a hosting provider does at its sites, and that its report was read for it",
        "that who left had a device at all: of one who is listed with none nothing has to come back",
    ),
    "CC6.5": (
        "that the record of a wipe, or a certificate, says what its row says: the file is held to its digest, not read",
        "wipes by a device management's own log: none is exported",
        "disks, paper and other media whose disposal no row names",
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
        "what people paste into AI systems: rules against the loss of data on these channels",
        "encryption behind the endpoint that ends the connection",
        "when certificates run out",
        "that a rule against the loss of data is set as its row says: no product's own export of one is read",
        "channels and classes that no rule is asked for, such as chat",
        "flows by jobs that report nothing, and what one does with data that it writes to no place that is named",
        "that everybody here has a listed device, and who left had one: people without one are not asked for it",
        "that the register of devices is whole: no export of a device management or a directory is held against it",
    ),
    "CC6.8": (
        "phones and tablets that sign in: they are known to the identity provider, and not held against a list",
        "devices of sign-ins to Google and Entra, and by programs: those of people to Okta are asked",
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
        "prompts that AI systems were given, and by whom: that they are recorded is tested, where a vendor tells",
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
        "whether an exercise was hard enough, which version of the plan it tried, and whether lessons reached the plan",
        "whether an incident affected customers, by another word than its row's and that of a privacy assessment",
        "containment, and what was done for each incident",
        "incidents that nobody recorded",
    ),
    "CC7.5": (
        "that there is a file of a postmortem, who held it, and why one decided on nothing",
        "that such a file, where a row names one, says what the row says: cause, day and actions",
        "how severe an incident was, by another word than its row's and a privacy assessment's",
        "whether what a postmortem decided on keeps it from happening again",
        "an exercise of recovery from an incident, and lessons that reached the plan",
    ),
    "CC8.1": (
        "whether a prompt or model was tried before it was used, and changes that a vendor makes to its model",
        "changes made in a console, in a database or by hand on a host",
        "that what runs is what was merged",
        "emergency changes and their review afterwards",
        "changes of repositories that were deleted or moved away, unless the exported audit log tells of it",
        "how the branches of repositories that are archived now were protected before",
        "that a register of people names each account of a person: one that it leaves out is told by addresses alone",
        "changes that were merged although another reviewer asked for some more",
        "test data, and that environments are apart",
        "what the tests of a change test",
        "deployments by environments whose name says nothing of production, and by no environment",
    ),
    "CC9.1": (
        "whether the plan would work: that it was tried is told under A1.3 and CC7.5",
        "processes that no plan names",
        "that backups and restores reach the times of the plans: they are held to the limits of the tests",
        "whether the cover of an insurance is enough, and what it leaves out",
    ),
    "CC9.2": (
        "AI systems that no list of applications, grants or seats shows: by private accounts, or within a product",
        "vendors that the register lacks, but for those of declared sources: payments and single sign-on are not asked",
        "that a report says what its row says: period, opinion, exceptions; no file is opened",
        "when a report was issued: one of a period that ended days ago can't be there yet",
        "what a vendor's report says of the services in use, and of controls that it expects of its customers",
        "controls that are assumed at subservice organisations, one by one",
        "access of vendors whose contract ended",
        "how much of our own period a vendor's report covers: one of up to a year ago, or more by a letter, counts",
        "whether a vendor's tier is right, but for those our commitments rest on or with personal data",
        "watching in place of a report: that it was more than a row's words, and by another than the vendor's owner",
    ),
}

_PROCESSING: Mapping[str, tuple[str, ...]] = {
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

_PRIVACY: Mapping[str, tuple[str, ...]] = {
    "P1.1": (
        "what a notice says: no file is opened, that it names a purpose or a recipient is a row's word",
        "places where data is taken that no row has, such as apps, calls and cookies",
        "that an announcement reached each person, and that nobody's data was used for the new before it held",
    ),
    "P2.1": (
        "consents to cookies, and by ways that no register of places has",
        "that a place shows what its row says: somebody looked, no file is opened",
        "whether the count of sign-ups by the system is whole, and consents older than a year",
    ),
    "P3.1": (
        "stores whose own list of fields is not there: files, logs, vendors, columns that hold texts or JSON",
        "whether a field is needed for its purpose: that somebody declared it is tested",
        "data that comes from others than the person",
    ),
    "P3.2": (
        "sensitive data that the record of processing does not call so, nor by a word that is known here",
        "whether a consent was free, and what was said beside the form",
    ),
    "P4.1": (
        "that data is used for its purpose alone: no export can show it, so that a person states it",
        "what somebody with access to a store looks at, and why",
    ),
    "P4.2": (
        "data in stores that the record of processing does not name, such as files, chats and mailboxes",
        "that a query asks for all records of a purpose, and by the right date: its text is there to be run again",
        "that nothing was deleted before the time that a law asks for",
    ),
    "P4.3": (
        "that a rule of expiry deletes what it should: the oldest record of each store is tested in its place",
        "copies that no list of a source holds: dumps, devices, recovery points of other plans",
        "data at vendors whose contract ended",
    ),
    "P5.1": (
        "whether an answer held all that is kept of the person: no file is opened",
        "requests by ways that no notice names and no row has, and whether the count of a system is whole",
        "whether the check of who asks was enough: that it was done, and how, is a row's word",
    ),
    "P5.2": (
        "that data is right after its correction, in each store and with each of those who were told",
        "whether a reason for a denial holds",
    ),
    "P6.1": (
        "whether flows that systems show carry personal data: recipients are those of the record of processing",
        "whether a notice says in plain words what its row says, and whether the ground holds: no file is opened",
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
        "that an agreement says what its row says: the file is held to its digest, not read",
        "how deep a vendor was looked into, and whether a failure is gone: its correction is a row's day",
        "vendors with personal data that neither the register of vendors nor the record of processing marks so",
    ),
    "P6.5": (
        "whether an agreement that names no hours is kept in time",
        "notices of vendors to an address that is not ours in the agreement",
    ),
    "P6.6": (
        "whether a notification said what the law asks for, and which law applies",
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
    ),
}

NOT_TESTED: Mapping[str, tuple[str, ...]] = {
    **_SECURITY,
    **AVAILABILITY,
    **CONFIDENTIALITY,
    **_PROCESSING,
    **_PRIVACY,
}
"""Criterion id -> short lines, each of which completes "it is not tested here, ..."."""
