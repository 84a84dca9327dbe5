#!/bin/sh
# moto 5.2.5: a new bucket is one of 2022: not encrypted, not blocked, with ACLs.
#
# Expected: what AWS gives since 2023 for a bucket that was just made: get-bucket-encryption tells AES256 (January 2023),
#   get-public-access-block tells all four on and get-bucket-ownership-controls tells BucketOwnerEnforced (April 2023).
# Seen (moto 5.2.5, boto3 1.44.8, Python 3.11): errors of the codes ServerSideEncryptionConfigurationNotFoundError,
#   NoSuchPublicAccessBlockConfiguration and OwnershipControlsNotFoundError. The first one AWS no longer answers for any
#   bucket: a rule that was only tried against moto waits for an answer that does not come.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 'moto[s3]==5.2.5' boto3==1.44.8
AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none AWS_DEFAULT_REGION=us-east-1 "$work/venv/bin/python" - <<'PY'
import boto3
from botocore.exceptions import ClientError
from moto import mock_aws

codes = []
with mock_aws():
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="bucket-one")
    for ask in (s3.get_bucket_encryption, s3.get_public_access_block, s3.get_bucket_ownership_controls):
        try:
            codes.append(str(ask(Bucket="bucket-one")))
        except ClientError as error:
            codes.append(error.response["Error"]["Code"])
print(codes)
assert codes == [
    "ServerSideEncryptionConfigurationNotFoundError",
    "NoSuchPublicAccessBlockConfiguration",
    "OwnershipControlsNotFoundError",
], "moto's new buckets are like those of AWS in part now"
PY
