"""What a dataset's name says of where it lies, and which known store that is.

https://openlineage.io/docs/spec/naming: the namespace of a dataset is its data source.
"""

from soc2test import DataStore, Population, UnknownFact

__all__ = ["place_of", "store_at"]

_PARTITIONS = ("aws", "aws-cn", "aws-us-gov")
"""A bucket's name is unique within one, and its URL does not say within which."""
_S3_OF_HADOOP = ("s3a://", "s3n://")


def place_of(namespace: str, name: str) -> str:
    """The data source of a dataset: its namespace, and of the two namespaces that name no place a part of its name."""
    source = namespace.strip().rstrip("/:")
    if source.casefold() == "bigquery":  # one namespace for all projects: `bigquery`, in older versions `bigquery://`
        dataset = name.rpartition(".")[0]
        return f"bigquery:{dataset or name}"
    if source.casefold() == "file":  # of whichever machine the job ran on
        return f"file:{name}"
    for hadoops in _S3_OF_HADOOP:
        if source.startswith(hadoops):
            return f"s3://{source.removeprefix(hadoops)}"
    return source


def store_at(place: str | None, stores: Population[DataStore]) -> str | None:
    """The id of the known store that lies at a place, else the place itself.

    Only where the place gives the id (a bucket's name), or is the address that the store itself tells; no store is
    taken for another by a name that is like its own. Raises `UnknownFact` where two stores lie there, and where the
    list of stores may lack the one whose id it gives. A database whose address nobody tells stays the place that it is.
    """
    if place is None:
        return None
    ids = _store_ids(place)
    hits = [store.id for id in ids for store in stores.all("id", id).hits]
    hits += [store.id for store in stores.all("address", _address(place)).hits]
    if len(hits) > 1:
        raise UnknownFact("store", f"{len(hits)} stores lie at the place that the events name")
    if hits:
        return hits[0]
    for id in ids:
        stores.one("id", id)  # raises where the list is not whole
    return place


def _store_ids(place: str) -> list[str]:
    scheme, _, rest = place.partition(":")
    name = rest.removeprefix("//")
    if scheme == "s3":
        return [f"arn:{partition}:s3:::{name}" for partition in _PARTITIONS]
    if scheme == "gs":
        return [f"//storage.googleapis.com/{name}"]
    if scheme == "bigquery":
        project, _, dataset = rest.rpartition(".")  # a project's id may hold dots: example.com:project
        return [f"//bigquery.googleapis.com/projects/{project}/datasets/{dataset}"]
    return []


def _address(place: str) -> str:
    """Host and port of "postgres://host:port"; hosts are written in either case. Of another place what no store has."""
    _, _, address = place.partition("://")
    return address.casefold()
