"""Archives are read as their members, never unpacked; what is wrong with one member is named and hides no other."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
import zstandard
from archiving import contents, listed, nested_zip, noise, octal, raw_zip, refusals, tar_of, zip_of
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soc2test.errors import EvidenceError
from soc2test.evidence.archives import listing
from soc2test.evidence.content import head, read
from soc2test.evidence.files import Found
from soc2test.evidence.members import Entry, member
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.tar_members import Shelf

SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
ZSTANDARD = zstandard.ZstdCompressor(write_checksum=True)
Pack = Callable[..., bytes]
PACKS: dict[str, Pack] = {
    "a.zip": zip_of,
    "A.ZIP": zip_of,
    "a.tar": tar_of,
    "a.tar.gz": lambda *members: gzip.compress(tar_of(*members)),
    "a.tgz": lambda *members: gzip.compress(tar_of(*members)),
    "a.tar.zst": lambda *members: ZSTANDARD.compress(tar_of(*members)),
    "a.tar.bz2": lambda *members: bz2.compress(tar_of(*members)),
    "a.tbz2": lambda *members: bz2.compress(tar_of(*members)),
    "a.tar.xz": lambda *members: lzma.compress(tar_of(*members)),
    "a.txz": lambda *members: lzma.compress(tar_of(*members)),
}
KINDS = pytest.mark.parametrize(("name", "pack"), PACKS.items(), ids=PACKS)


@KINDS
def test_members_lie_in_the_folder_of_their_archive(name: str, pack: Pack, tmp_path: Path) -> None:
    data = b"[" + noise(50_000).hex().encode() + b"]"
    found = listed(tmp_path, {f"aws/{name}": pack(("./0123/eu/b.json", data), ("0123/a.json", b"[]"), ("c d/", b""))})
    assert [str(each.path) for each in found] == ["aws/0123/eu/b.json", "aws/0123/a.json"]
    assert [each.shown for each in found] == [f"aws/{name}!./0123/eu/b.json", f"aws/{name}!0123/a.json"]
    assert contents(found) == {"aws/0123/eu/b.json": data, "aws/0123/a.json": b"[]"}
    assert read(found[0], ReadLimits()).sha256 == sha256(data).hexdigest()
    assert head(found[0]) == data[:4096]
    assert sorted(each.name for each in tmp_path.rglob("*")) == sorted(["aws", name])  # nothing was unpacked


@KINDS
def test_an_archive_of_the_whole_folder_may_have_it_at_its_top(name: str, pack: Pack, tmp_path: Path) -> None:
    root = tmp_path / "exports"
    found = listed(root, {name: pack(("exports/aws/a.json", b"[]"), ("exports/manifest.yaml", b"{}"))})
    assert sorted(contents(found)) == ["aws/a.json", "manifest.yaml"]
    assert found[0].shown == f"{name}!exports/aws/a.json"
    below = listed(root / "exports", {name: pack(("exports/a.json", b"[]"), ("b.json", b"[]"))})
    assert sorted(contents(below)) == ["b.json", "exports/a.json"]


@KINDS
def test_hidden_members_are_left_out_as_hidden_files_are(name: str, pack: Pack, tmp_path: Path) -> None:
    found = listed(tmp_path, {name: pack((".git/x.json", b"[]"), ("__MACOSX/._a.json", b"x"), ("a.json", b"[]"))})
    assert list(contents(found)) == ["a.json"]
    assert len(found) == 1


@KINDS
def test_members_may_be_compressed_themselves(name: str, pack: Pack, tmp_path: Path) -> None:
    members = (("a.json.gz", gzip.compress(b"[1]")), ("b.json.zst", zstandard.compress(b"[2]")))
    found = listed(tmp_path, {name: pack(*members)})
    assert contents(found) == {"a.json.gz": b"[1]", "b.json.zst": b"[2]"}
    assert read(found[0], ReadLimits()).sha256 == sha256(members[0][1]).hexdigest()
    assert head(found[1]) == b"[2]"


BAD_NAMES = ["a/../x.json", "a/b/../../x.json", "./a/../x.json", "a\\..\\x.json"]
"""Names that stay in the folder where others unpack them"""

LEADING_OUT = ["../x.json", "a/../../x.json", "/etc/x.json", "C:x.json", "C:\\x.json", "..", "//x.json"]


@pytest.mark.parametrize("name", LEADING_OUT)
def test_a_name_that_leads_out_is_refused_by_itself(name: str) -> None:
    """No archive is made of these: other software would follow them."""
    archive = Found("aws/a.zip", "a.zip", 9)
    found = member(archive, Entry(name=name, size=3, packed=3, mode=0, refused="", open=io.BytesIO))
    assert found is not None
    assert found.lost
    assert str(found.path) == "aws/a.zip"
    assert "pack it again" in found.refused


@KINDS
@pytest.mark.parametrize("bad", BAD_NAMES)
def test_a_name_that_steps_back_is_refused_and_hides_nothing(name: str, pack: Pack, bad: str, tmp_path: Path) -> None:
    found = listed(tmp_path / "exports", {f"aws/{name}": pack((bad, b"[1]"), ("a.json", b"[2]"))})
    assert contents(found) == {"aws/a.json": b"[2]"}
    (refused,) = [each for each in found if each.refused]
    assert refused.lost
    assert str(refused.path) == f"aws/{name}"  # counts against the folder of the archive
    assert refused.shown == f"aws/{name}!{bad}"
    assert "pack it again" in refused.refused
    assert [each.name for each in tmp_path.iterdir()] == ["exports"]


def test_a_name_with_nul_is_refused(tmp_path: Path) -> None:
    found = listed(tmp_path, {"a.zip": raw_zip(b"[1]", name=b"a.json\0.txt")})
    assert "NUL" in found[0].refused


@KINDS
def test_names_that_are_there_twice_are_all_refused(name: str, pack: Pack, tmp_path: Path) -> None:
    members = [("a.json", b"[1]"), ("./a.json", b"[2]"), ("caf\u00e9.json", b"3"), ("cafe\u0301.json", b"4"),
               ("B.json", b"5"), ("b.json", b"6"), ("c.json", b"7"), ("d.json", b"8")]  # fmt: skip
    found = listed(tmp_path, {name: pack(*members), "c.json": b"[7]", "other.zip": zip_of(("e.json", b"9"))})
    assert sorted(contents(found)) == ["d.json", "e.json"]
    refused = refusals(found)
    assert len(refused) == 8
    assert refused["c.json"].startswith("is there twice")
    assert refused[f"{name}!c.json"].startswith("is there twice")
    assert all(each.lost for each in found if each.refused)


def test_two_archives_with_one_path_are_both_refused(tmp_path: Path) -> None:
    found = listed(tmp_path, {"a.zip": zip_of(("x.json", b"1")), "b.tar": tar_of(("x.json", b"1"))})
    assert sorted(refusals(found)) == ["a.zip!x.json", "b.tar!x.json"]


def test_each_archive_may_have_its_manifest(tmp_path: Path) -> None:
    pack = zip_of(("manifest.yaml", b"{}"))
    found = listed(tmp_path, {"a.zip": pack, "b.zip": pack, "manifest.yaml": b"{}"})
    assert refusals(found) == {}
    twice = listed(tmp_path / "twice", {"a.zip": zip_of(("manifest.yaml", b"{}"), ("manifest.yaml", b"{}"))})
    assert len(refusals(twice)) == 1  # one name, twice
    assert all(each.refused for each in twice)


@pytest.mark.parametrize("mode", [0o120777, 0o010644, 0o020644, 0o060644, 0o140644, 0o104755, 0o102755])
def test_links_devices_and_set_ids_in_a_zip_are_refused(mode: int, tmp_path: Path) -> None:
    found = listed(tmp_path, {"a.zip": zip_of(("a.json", b"other.json"), mode=mode)})
    assert found[0].refused
    assert found[0].lost
    assert contents(found) == {}


@pytest.mark.parametrize(
    "type", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, b"S", b"Z"]
)
def test_links_devices_and_holes_in_a_tar_are_refused(type: bytes, tmp_path: Path) -> None:
    out = io.BytesIO(tar_of(("a.json", b""), type=type)[:512] + tar_of(("b.json", b"[]")))
    found = listed(tmp_path, {"a.tar": out.getvalue()})
    assert contents(found) == {"b.json": b"[]"}
    assert list(refusals(found)) == ["a.tar!a.json"]


@KINDS
def test_archives_in_archives_are_refused(name: str, pack: Pack, tmp_path: Path) -> None:
    inner = [(each, b"x") for each in PACKS if each != "A.ZIP"]
    found = listed(tmp_path, {name: pack(*inner, ("a.json", b"[]"))})
    assert contents(found) == {"a.json": b"[]"}
    assert len(refusals(found)) == len(inner)
    assert all("unpack the outer one" in each for each in refusals(found).values())


HOSTILE_ZIPS: dict[str, tuple[bytes, str]] = {
    "encrypted": (raw_zip(b"[1]", flags=1), "encrypted"),
    "smaller than declared": (raw_zip(b"[1]", said=9), "another size"),
    "larger than declared": (raw_zip(b"[1,2,3]", said=3), "another size"),
    "larger, with the checksum of the part": (raw_zip(b"[1]" + b" " * 99, said=3, crc=0x2C0C0F5D), "another size"),
    "checksum": (raw_zip(b"[1]", crc=7), "checksum"),
    "something behind the packed data": (raw_zip(b"[1]", more=b"[2]"), "follows its packed data"),
    "bzip2": (zip_of(("a.json", b"[1]"), method=zipfile.ZIP_BZIP2), "method"),
    "lzma": (zip_of(("a.json", b"[1]"), method=zipfile.ZIP_LZMA), "method"),
}


@pytest.mark.parametrize(("data", "says"), HOSTILE_ZIPS.values(), ids=HOSTILE_ZIPS)
def test_a_member_that_does_not_tie_out_is_refused(data: bytes, says: str, tmp_path: Path) -> None:
    found = listed(tmp_path, {"a.zip": data})
    assert list(refusals(found)) == ["a.zip!a.json"]
    assert says in refusals(found)["a.zip!a.json"]


def test_a_zip_whose_directory_is_another_than_its_members_is_refused_as_a_whole(tmp_path: Path) -> None:
    fewer = bytearray(zip_of(("a.json", b"1"), ("b.json", b"2")))
    fewer[-12] = 1  # entries, as its end counts them
    for data in (raw_zip(b"[1]", local=b"b.json"), raw_zip(b"[1]", name=b".a.json", local=b"0a.json"), bytes(fewer)):
        (found,) = listed(tmp_path, {"a.zip": data})
        assert found.refused == "is damaged: its directory is another than its members"


def test_entries_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    found = listed(tmp_path, {"a.zip": nested_zip(b"[1]")})
    assert [each.member for each in found] == ["a.json", "b.json"]
    assert all("shares its bytes" in each.refused for each in found)
    (whole,) = listed(tmp_path / "copies", {"a.zip": raw_zip(b"[1]", copies=3)})
    assert whole.refused


TWICE = ReadLimits(ratio=2)


def test_a_zip_file_that_expands_too_far_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    wide = zip_of(*((f"{number}.json", octal(1 << 20)) for number in range(2)))
    (found,) = listed(tmp_path, {"a.zip": wide}, TWICE)
    assert "expands to over 2 times" in found.refused
    assert "reading.ratio" in found.refused
    one = zip_of(("a.json", octal(1 << 21)), ("b.json", noise(1 << 20)))
    found_two = listed(tmp_path / "one", {"a.zip": one}, TWICE)
    assert list(refusals(found_two, TWICE)) == ["a.zip!a.json"]
    assert len(contents(found_two, TWICE)["b.json"]) == 1 << 20


@pytest.mark.long
def test_a_tar_file_that_expands_too_far_is_not_unpacked(tmp_path: Path) -> None:
    wide = tar_of(("a.json", octal(1 << 21)))
    files = {
        "a/a.tar.gz": gzip.compress(wide), "b/a.tar.zst": zstandard.compress(wide), "c/a.tar.xz": lzma.compress(wide),
        "d/a.tar.bz2": bz2.compress(wide),
    }  # fmt: skip
    found = listed(tmp_path, files, TWICE)
    assert all("expands to over 2 times" in each.refused and each.lost for each in found)
    assert [each.refused for each in listed(tmp_path, files, ReadLimits(ratio=3))] == [""] * 4


def test_a_document_limit_counts_for_members(tmp_path: Path) -> None:
    limits = ReadLimits(document_mib=1)
    data = noise(3 << 19)
    found = listed(tmp_path, {"a.zip": zip_of(("a.json", data), ("b.json", b"[]"))}, limits)
    assert contents(found, limits) == {"b.json": b"[]"}
    assert "reading.document_mib" in refusals(found, limits)["a.zip!a.json"]
    (tar,) = listed(tmp_path / "tar", {"a.tar": tar_of(("a.json", data))}, limits)
    assert "reading.document_mib" in tar.refused


@KINDS
def test_members_count_as_files(name: str, pack: Pack, tmp_path: Path) -> None:
    members = [(f"{number}.json", b"[]") for number in range(4)]
    files = {name: pack(*members), "z.json": b"[]"}
    assert len(listed(tmp_path, files, ReadLimits(files=6))) == 5
    found = listed(tmp_path, files, ReadLimits(files=5))
    assert sorted(contents(found)) == ["z.json"]
    assert list(refusals(found)) == [name]
    assert "reading.files" in found[0].refused


CUT = [0, 1, 20, 100, 511, 512, 600, 1024, -1023, -1025, -9000, -700, -513, -30, -10, -1]


@pytest.mark.each(3)
@KINDS
@pytest.mark.parametrize("at", CUT)
def test_a_cut_archive_gives_an_error_and_never_fewer_members(name: str, pack: Pack, at: int, tmp_path: Path) -> None:
    whole = pack(*((f"{number}.json", noise(400).hex().encode()) for number in range(9)))
    cut = whole[:at]
    if abs(at) > len(whole):
        cut = b""
    found = listed(tmp_path, {name: cut, "z.json": b"[]"})
    assert contents(found)["z.json"] == b"[]"
    tail_only = name == "a.tar" and not whole[at:].strip(b"\0")
    refused = [each for each in found if each.refused]
    if not refused:  # the cut took a part of the padding, or of the padding's repetition, behind a whole end
        assert tail_only
        assert len(contents(found)) == 10
    else:
        assert [each.shown for each in refused] == [name]
        assert refused[0].lost


@given(
    at=st.integers(0, 6000),
    byte=st.integers(1, 255),
    name=st.sampled_from(["a.zip", "a.tar", "a.tgz", "a.tar.zst", "a.txz", "a.tbz2"]),
)
@settings(parent=SAME_FOLDER, max_examples=examples(150))
def test_a_damaged_byte_never_takes_a_member_away_in_silence(
    at: int, byte: int, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    members = {f"{number}.json": b"[%d]" % number * 40 for number in range(5)}
    whole = bytearray(PACKS[name](*members.items()))
    whole[at % len(whole)] ^= byte
    found = listed(tmp_path_factory.mktemp("damaged"), {name: bytes(whole)})
    if not refusals(found):
        assert [str(each.path) for each in found] == list(members)
        assert contents(found) == members or name == "a.tar"  # which has no checksum over its contents


@given(data=st.binary(max_size=1500), name=st.sampled_from(sorted(PACKS)))
@SAME_FOLDER
def test_whatever_calls_itself_an_archive_is_listed_or_refused(
    data: bytes, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for each in listed(tmp_path_factory.mktemp("any"), {name: data}):
        assert each.lost or each.archive


@pytest.mark.parametrize("format", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_long_and_foreign_names_of_every_tar_are_read(format: int, tmp_path: Path) -> None:
    names = ["x" * 90 + "/" + "y" * 90 + ".json", "caf\u00e9/\u65e5\u672c.json", "plain.json"]
    if format != tarfile.USTAR_FORMAT:
        names.append("z" * 200 + "/" + "\u00e9" * 100 + ".json")
    found = listed(tmp_path, {"a.tar": tar_of(*((name, name.encode()) for name in names), format=format)})
    assert contents(found) == {name: name.encode() for name in names}


def test_a_tar_with_a_damaged_header_within_is_refused_as_a_whole(tmp_path: Path) -> None:
    whole = bytearray(tar_of(("a.json", b"[]"), ("b.json", b"[]")))
    whole[1024] ^= 1
    (found,) = listed(tmp_path, {"a.tar": bytes(whole)})
    assert found.refused == "byte 1024: is damaged: no header of a tar file"
    (joined,) = listed(tmp_path / "joined", {"a.tar": tar_of(("a.json", b"1")) + tar_of(("b.json", b"2"))})
    assert "something follows it" in joined.refused


@pytest.mark.parametrize("size", [b"-2", b"+2", b"0o2", b"0_2", b"2 2", b"9", b"two"])
def test_a_number_of_a_tar_header_is_octal_digits_alone(size: bytes, tmp_path: Path) -> None:
    """Python reads more as a number than a tar file may hold: a size below nothing would be a part of the header before."""
    whole = bytearray(tar_of(("a.json", b"[]")))
    whole[124:136] = size.ljust(12, b"\0")
    whole[148:156] = b"%06o\0 " % (sum(whole[:148]) + 256 + sum(whole[156:512]))
    (found,) = listed(tmp_path, {"a.tar": bytes(whole)})
    assert found.refused == "byte 0: is damaged: a number of its header is none"


def test_a_hostile_extended_header_takes_no_time(tmp_path: Path) -> None:
    info = tarfile.TarInfo("h")
    info.type, info.size = tarfile.XHDTYPE, 900_000
    long = info.tobuf(tarfile.USTAR_FORMAT) + b"1" * 900_096 + tar_of(("a.json", b"[]"))
    (found,) = listed(tmp_path, {"a.tar": long})
    assert found.refused


def test_an_archive_without_any_member_is_refused(tmp_path: Path) -> None:
    found = listed(tmp_path, {"a.zip": zip_of(), "b.tar": tar_of()})
    assert [each.refused for each in found] == ["is an archive that holds nothing"] * 2


@pytest.mark.parametrize("name", ["a.zip", "a.tar"])
def test_an_archive_that_changes_while_it_is_read_is_an_error(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(PACKS[name](("a.json", b"[1]")))
    shelf = Shelf()
    (found,) = listing(tmp_path, ReadLimits(), shelf).files
    (tmp_path / name).write_bytes(PACKS[name](("a.json", b"[2]"), ("b.json", b"[3]")))
    shelf.clear()
    with pytest.raises(EvidenceError, match="changed while it was read"):
        read(found, ReadLimits())


def test_an_archive_that_is_a_link_is_refused_and_lost(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(zip_of(("a.json", b"[1]")))
    root = tmp_path / "exports"
    root.mkdir()
    (root / "a.zip").symlink_to(tmp_path / "other")
    (found,) = listed(root, {})
    assert "symbolic link" in found.refused
    assert found.lost


@pytest.mark.long
def test_a_zip_in_a_directory_of_many_is_refused_before_they_are_listed(tmp_path: Path) -> None:
    many = zip_of(*((f"{number}", b"") for number in range(2000)))
    (found,) = listed(tmp_path, {"a.zip": many}, ReadLimits(files=1000))
    assert "over 1000 files" in found.refused
    large = io.BytesIO()
    with zipfile.ZipFile(large, "w") as archive:  # over 65,535 entries: the larger records at its end
        for number in range(66_000):
            archive.writestr(zipfile.ZipInfo(f"{number}.json"), b"")
    assert len(listed(tmp_path / "large", {"a.zip": large.getvalue()})) == 66_000
