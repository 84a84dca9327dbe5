"""moto's S3 on a free port of this machine, in a thread: buckets of this process alone, with what it was asked for."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import boto3
import pytest
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

__all__ = ["BUCKET", "S3", "empty_bucket"]

BUCKET = "evidence"
ANYONE = "test"
"""moto takes every key"""


class S3:
    """A server with one bucket. `asked` holds method and path of each request, and `before` is called with them."""

    def __init__(self) -> None:
        self._moto = DomainDispatcherApplication(create_backend_app)
        self.asked: list[tuple[str, str]] = []
        self.before: Callable[[str, str], None] = lambda method, path: None
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.client: Any = boto3.client(
            "s3", endpoint_url=self.url, region_name="us-east-1", aws_access_key_id=ANYONE, aws_secret_access_key=ANYONE
        )
        self.client.create_bucket(Bucket=BUCKET)

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if "boto3" not in environ.get("HTTP_USER_AGENT", "").lower():  # the tests' own client
            self.asked.append((method, path))
            self.before(method, path)
        return self._moto(environ, start_response)

    def put(self, key: str, data: bytes) -> None:
        """Write an object."""
        self.client.put_object(Bucket=BUCKET, Key=key, Body=data)

    def downloads(self) -> list[str]:
        """Paths of the objects that were asked for."""
        return [
            path for method, path in self.asked if method == "GET" and path.count("/") > 1 and not path.endswith("/")
        ]


@cache
def server() -> S3:
    """The one server of this process, which ends with it."""
    return S3()


@contextmanager
def empty_bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    """The server with an empty bucket, to which the environment leads."""
    s3 = server()
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    given = {"AWS_ENDPOINT_URL": s3.url, "AWS_ACCESS_KEY_ID": ANYONE, "AWS_SECRET_ACCESS_KEY": ANYONE}
    for name, value in {**given, "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"}.items():
        monkeypatch.setenv(name, value)
    s3.asked.clear()
    yield s3
    s3.before = lambda method, path: None
    for page in s3.client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET):
        for each in page.get("Contents", []):
            s3.client.delete_object(Bucket=BUCKET, Key=each["Key"])
