"""The ten rules as one pass of DuckDB over NDJSON: a column a rule, and a row for each resource that breaks one.

It finds the types itself, from the first 20,480 lines, as whoever types the query has it; with `declared` they are given,
and of the rest nothing is read, which takes half the time. Equal keys are an error in what it reads, and pass in the rest.
`python -m benchmarks.duckdb_pass out.ndjson found.txt [declared]`
"""

import sys

import duckdb

_COLUMNS = {
    "Name": "VARCHAR",
    "Region": "VARCHAR",
    "Tags": "STRUCT(Key VARCHAR, Value VARCHAR)[]",
    "ServerSideEncryptionConfiguration": (
        "STRUCT(Rules STRUCT(ApplyServerSideEncryptionByDefault STRUCT(SSEAlgorithm VARCHAR))[])"
    ),
    "PublicAccessBlockConfiguration": (
        "STRUCT(BlockPublicAcls BOOLEAN, IgnorePublicAcls BOOLEAN, BlockPublicPolicy BOOLEAN, RestrictPublicBuckets BOOLEAN)"
    ),
    "Versioning": "STRUCT(Status VARCHAR)",
    "Logging": "STRUCT(LoggingEnabled STRUCT(TargetBucket VARCHAR))",
    "Policy": 'STRUCT(Statement STRUCT(Effect VARCHAR, "Condition" STRUCT("Bool" STRUCT("aws:SecureTransport" VARCHAR)))[])',
    "Acl": "STRUCT(Grants STRUCT(Grantee STRUCT(URI VARCHAR))[])",
    "Lifecycle": "STRUCT(Rules STRUCT(Status VARCHAR)[])",
}
_RULES = {
    "encrypted": (
        "len(list_filter(ServerSideEncryptionConfiguration.Rules, lambda r: "
        "r.ApplyServerSideEncryptionByDefault.SSEAlgorithm IN ('aws:kms', 'AES256'))) > 0"
    ),
    "public_blocked": (
        "PublicAccessBlockConfiguration.BlockPublicAcls AND PublicAccessBlockConfiguration.IgnorePublicAcls "
        "AND PublicAccessBlockConfiguration.BlockPublicPolicy AND PublicAccessBlockConfiguration.RestrictPublicBuckets"
    ),
    "versioned": "Versioning.Status = 'Enabled'",
    "logged": "Logging.LoggingEnabled IS NOT NULL",
    "owner_tag": "len(list_filter(Tags, lambda t: t.Key = 'owner' AND t.Value <> '')) > 0",
    "tls_only": (
        "len(list_filter(Policy.Statement, lambda s: "
        's.Effect = \'Deny\' AND s."Condition"."Bool"."aws:SecureTransport" = \'false\')) > 0'
    ),
    "lifecycle": "len(list_filter(Lifecycle.Rules, lambda r: r.Status = 'Enabled')) > 0",
    "region_ok": "Region IN ('us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1')",
    "acl_private": (
        "len(list_filter(Acl.Grants, lambda g: "
        "contains(g.Grantee.URI, 'AllUsers') OR contains(g.Grantee.URI, 'AuthenticatedUsers'))) = 0"
    ),
    "name_ok": "regexp_full_match(Name, 'acme-(prod|staging|dev)-[a-z-]+-[0-9]{7}')",
}


def query(path: str, *, declared: bool) -> str:
    """The statement: names, and for each rule whether it is broken; what is not known is."""
    names = ", ".join(f"'{name}': '{kind}'" for name, kind in _COLUMNS.items())
    columns = f", columns={{{names}}}" if declared else ""
    broken = {rule: f"NOT coalesce({holds}, false)" for rule, holds in _RULES.items()}
    selected = ", ".join(f"{text} AS {rule}" for rule, text in broken.items())
    read = f"read_json('{path}', format='newline_delimited'{columns})"  # a path of our own
    return f"SELECT * FROM (SELECT Name, {selected} FROM {read}) WHERE {' OR '.join(broken)}"  # noqa: S608  # ours


def main(path: str, found: str, types: str = "") -> None:
    """Write `rule:name` of each violation."""
    rows = duckdb.execute(query(path, declared=types == "declared")).fetchall()
    with open(found, "w", encoding="utf-8") as out:
        for name, *broken in rows:
            out.writelines(f"{rule}:{name}\n" for rule, is_broken in zip(_RULES, broken, strict=True) if is_broken)


if __name__ == "__main__":
    main(*sys.argv[1:])
