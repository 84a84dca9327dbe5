"""Paths of the host that come by claims, of a cluster as it runs."""

from pathlib import Path
from typing import Any

import pytest
from kubernetes_reading import listing, load, only, pod, thing

from soc2test import UnknownFact
from soc2test_plugins.kubernetes.kinds import Pod

MOUNT: dict[str, Any] = {"volumes": [{"name": "d", "persistentVolumeClaim": {"claimName": "d"}}]}


def _claim(**spec: Any) -> dict[str, Any]:
    return thing("PersistentVolumeClaim", "d", spec=spec)


def _files(volume: dict[str, Any], **spec: Any) -> dict[str, Any]:
    return {
        "get.pods": listing(pod(**MOUNT)),
        "get.persistentvolumeclaims": listing(_claim(**spec)),
        "get.persistentvolumes": listing(thing("PersistentVolume", "v", spec=volume)),
    }


@pytest.mark.parametrize(
    ("volume", "spec", "paths"),
    [
        ({"hostPath": {"path": "/var"}}, {"volumeName": "v"}, ("/var",)),
        ({"local": {"path": "/mnt"}}, {"volumeName": "v"}, ("/mnt",)),
        ({"csi": {"driver": "ebs.csi.aws.com"}}, {"volumeName": "v"}, ()),
        ({"hostPath": {"path": "/var"}}, {}, ()),
    ],
)
def test_of_the_volume_that_the_claim_is_bound_to(tmp_path: Path, volume: Any, spec: Any, paths: Any) -> None:
    assert only(load(tmp_path, _files(volume, **spec)), Pod).host_paths == paths


@pytest.mark.parametrize(
    ("gone", "command"),
    [("get.persistentvolumes", "get persistentvolumes"), ("get.persistentvolumeclaims", "get persistentvolumeclaims")],
)
def test_without_the_list_they_are_unknown(tmp_path: Path, gone: str, command: str) -> None:
    files = _files({"hostPath": {"path": "/var"}}, volumeName="v")
    del files[gone]
    with pytest.raises(UnknownFact, match=command):
        assert not only(load(tmp_path, files), Pod).host_paths


def test_a_path_of_its_own_decides_without_them(tmp_path: Path) -> None:
    both: dict[str, Any] = {"volumes": [*MOUNT["volumes"], {"name": "h", "hostPath": {"path": "/etc"}}]}
    assert only(load(tmp_path, {"get.pods": listing(pod(**both))}), Pod).host_paths == ("/etc",)


def test_without_claims_no_list_of_them_is_needed(tmp_path: Path) -> None:
    assert only(load(tmp_path, {"get.pods": listing(pod())}), Pod).host_paths == ()
