"""URLs of exports: known schemes, buckets and prefixes, and nothing that may be a secret."""

import pytest

from soc2test.remote.urls import RemoteError, is_url, parse_url


@pytest.mark.parametrize(
    ("text", "bucket", "prefix", "name"),
    [
        ("s3://evidence/acme/exports", "evidence", "acme/exports", "exports"),
        ("s3://evidence/acme/exports/", "evidence", "acme/exports", "exports"),
        ("S3://evidence", "evidence", "", "evidence"),
        ("gs://evidence/my exports", "evidence", "my exports", "my exports"),
        ("az://evidence/x", "evidence", "x", "x"),
        ("abfs://evidence@acme.dfs.core.windows.net/x", "evidence@acme.dfs.core.windows.net", "x", "x"),
        ("abfss://evidence@acme.dfs.core.windows.net", "evidence@acme.dfs.core.windows.net", "", "evidence"),
        ("s3://arn:aws:s3:eu-west-1:012345678901:accesspoint/soc2/x", "arn:aws:s3:eu-west-1:012345678901:accesspoint",
         "soc2/x", "x"),
    ],
)  # fmt: skip
def test_parts(text: str, bucket: str, prefix: str, name: str) -> None:
    url = parse_url(text)
    assert (url.bucket, url.prefix, url.name) == (bucket, prefix, name)
    assert url.text.lower() == text.rstrip("/").lower()


HUSH = "Zx9Qp4Lm7Rt2"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"s3://AKIA:{HUSH}@evidence/x", "holds credentials"),
        (f"s3://{HUSH}@evidence/x", "holds credentials"),
        (f"s3://AKIA:{HUSH}/x", "holds credentials"),
        (f"gs://{HUSH}@evidence/x", "holds credentials"),
        (f"az://acme:{HUSH}@evidence/x", "holds credentials"),
        (f"abfs://evidence:{HUSH}@acme.dfs.core.windows.net/x", "holds credentials"),
        (f"s3://evidence/x?X-Amz-Signature={HUSH}", "has a query"),
        (f"az://evidence/x?sig={HUSH}", "has a query"),
        (f"gs://evidence/x#{HUSH}", "has a query"),
        (f"s3://evidence/x::https://{HUSH}/y", "is a chain"),
        (f"https://{HUSH}@evidence.s3.amazonaws.com/x", "is no object store that is known"),
        (f"s33://{HUSH}", "did you mean 's3'"),
        ("file:///exports", "known are s3://, gs://, az://, abfs://"),
        ("memory://exports", "is no object store that is known"),
        ("s3://", "names no bucket"),
        ("s3:///exports", "names no bucket"),
        ("s3://evidence/a//b", "has an empty part"),
        ("s3://evidence//a", "has an empty part"),
        ("s3://evidence/../other", "has an empty part, . or .."),
        ("s3://evidence/a\x1b[2J", "can't be printed"),
    ],
)
def test_what_is_refused_repeats_no_secret(text: str, says: str) -> None:
    with pytest.raises(RemoteError) as refused:
        parse_url(text)
    assert says in str(refused.value)
    assert HUSH not in str(refused.value)


@pytest.mark.parametrize("text", ["exports", "s3:", "s3:/exports", "./s3://exports", "/s3://x", "a b://c", "://x", ""])
def test_paths_are_no_urls(text: str) -> None:
    assert not is_url(text)
