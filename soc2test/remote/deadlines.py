"""No call of a foreign library may hang a run: it is made in a thread that may be left behind."""

import threading
from collections.abc import Callable
from typing import TypeVar

__all__ = ["within"]

Answer = TypeVar("Answer")


def within(seconds: float, ask: Callable[[], Answer]) -> Answer:
    """What `ask` gives or raises. Raises `TimeoutError` where it does neither in time; the thread then ends alone."""
    answers: list[Answer] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(ask())
        except BaseException as error:  # noqa: BLE001  # it is raised again where it was asked
            errors.append(error)

    thread = threading.Thread(target=run, name="soc2-remote", daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not answers:
        raise TimeoutError
    return answers[0]
