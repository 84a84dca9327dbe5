"""`DigestSet`: the ids of a population as 16-byte digests, so that millions of resources stay small."""

from hashlib import blake2b, sha256

__all__ = ["DigestSet"]

_SIZE = 16
_empty = blake2b(digest_size=_SIZE)
"""copied for each id: to make one anew costs twice as much"""
_BUCKETS = 256
_FEW = 256
"""ids that one bucket holds: most sets of a run are smaller, and to make all buckets costs more than to fill them"""


class DigestSet:
    """A growing multiset of ids; keeps 16 bytes for each, of many in 256 buckets by the first byte."""

    __slots__ = ("_buckets", "_closed", "_count")

    def __init__(self) -> None:
        self._buckets: list[bytearray] = []
        """made with the first id: most populations of a run are empty, and there is a set for each control"""
        self._count = 0
        self._closed: tuple[int, int, str] | None = None
        """how many ids there were, how many of them repeated, and their digest"""

    def add(self, *ids: str) -> None:
        """Add ids; many in one call cost half of what as many calls cost."""
        self._count += len(ids)
        if self._count > _FEW and len(self._buckets) < _BUCKETS:
            self._spread()
        elif ids and not self._buckets:
            self._buckets = [bytearray()]
        buckets, fresh = self._buckets, _empty.copy
        if len(buckets) == 1:
            for id in ids:
                hash = fresh()
                hash.update(id.encode("utf-8", "surrogatepass"))
                buckets[0] += hash.digest()
            return
        for id in ids:
            hash = fresh()
            hash.update(id.encode("utf-8", "surrogatepass"))
            digest = hash.digest()
            buckets[digest[0]] += digest

    def _spread(self) -> None:
        """Part what one bucket held."""
        few = b"".join(self._buckets)
        self._buckets = [bytearray() for _ in range(_BUCKETS)]
        for at in range(0, len(few), _SIZE):
            self._buckets[few[at]] += few[at : at + _SIZE]

    def __contains__(self, id: str) -> bool:
        if not self._buckets:
            return False
        digest = blake2b(id.encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()
        bucket = self._buckets[digest[0] if len(self._buckets) > 1 else 0]
        place = bucket.find(digest)
        while place >= 0 and place % _SIZE:
            place = bucket.find(digest, place + 1)
        return place >= 0

    def __len__(self) -> int:
        return self._count

    @property
    def repeated(self) -> int:
        """How many ids were added more than once."""
        return self._close()[1]

    def digest(self) -> str:
        """SHA-256 over the sorted digests: equal populations, whatever their order, give equal digests."""
        return self._close()[2]

    def _close(self) -> tuple[int, int, str]:
        if self._closed is None or self._closed[0] != self._count:
            whole, repeated = sha256(), 0
            for bucket in filter(None, self._buckets):  # of a small population most are empty
                every = bytes(bucket)
                members = sorted([every[at : at + _SIZE] for at in range(0, len(every), _SIZE)])
                repeated += len(members) - len(set(members))
                whole.update(b"".join(members))
            self._closed = self._count, repeated, whole.hexdigest()
        return self._closed
