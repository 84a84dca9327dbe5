"""What two processes say to each other: what was said once is named from then on, as resources that did not change."""

import io
import pickle
from multiprocessing.connection import Connection
from typing import Any

__all__ = ["Line"]


class Line:
    """One end of a connection. Nothing that was said may be changed afterwards: the other end has it as it was."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._out, self._in = io.BytesIO(), io.BytesIO()
        self._pickler = pickle.Pickler(self._out, protocol=pickle.HIGHEST_PROTOCOL)
        self._unpickler = pickle.Unpickler(self._in)  # noqa: S301  # a process that this one made says it

    def say(self, what: Any) -> None:
        """Send it."""
        self._out.seek(0)
        self._out.truncate()
        self._pickler.dump(what)
        self._connection.send_bytes(self._out.getbuffer())

    def hear(self) -> Any:
        """Wait for what the other end says next. Raises `EOFError` where it says nothing more."""
        data = self._connection.recv_bytes()
        self._in.seek(0)
        self._in.truncate()
        self._in.write(data)
        self._in.seek(0)
        return self._unpickler.load()

    def close(self) -> None:
        """Say and hear nothing more."""
        self._connection.close()
