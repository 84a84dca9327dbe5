"""What is written for `curl` is asked as `curl` would ask it."""

from soc2test.collecting.http_calls import request_of


def test_headers_and_the_address() -> None:
    words = ("curl", "--fail-with-body", "-sS", "-H", "Accept: application/json;v=2", "-H", "X-Key:a b", "https://x/y?z=1")
    request = request_of(words)
    assert request.url == "https://x/y?z=1"
    assert request.headers == (("Accept", "application/json;v=2"), ("X-Key", "a b"))


def test_a_login_is_basic_authentication() -> None:
    request = request_of(("curl", "-g", "-sS", "-u", "Aladdin:open sesame", "https://x"))
    assert request.headers == (("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),)  # the example of RFC 7617


def test_another_page_is_asked_with_the_same_headers() -> None:
    request = request_of(("curl", "-H", "a: b", "https://x/1"))
    assert request.at("https://x/2").headers == request.headers
    assert request.at("https://x/2").url == "https://x/2"
