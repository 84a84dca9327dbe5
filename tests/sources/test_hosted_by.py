"""Who hosts a source is told by its plugin, and reaches what soc2.yaml declares."""

from typing import Any

import pytest

from soc2test import Source
from soc2test.errors import PluginError


@pytest.mark.parametrize("parameter", ["hosted_by", "sold_by"])
@pytest.mark.parametrize("names", ["Fleet", [""], [1]])
def test_names_of_vendors_are_a_list_of_texts(parameter: str, names: Any) -> None:
    with pytest.raises(PluginError, match=f"{parameter} is a list of names"):
        Source("fleet", **{parameter: names})


def test_they_are_kept() -> None:
    source = Source("fleet", hosted_by=["Fleet"], sold_by=["Acme"])
    assert (source.hosted_by, source.sold_by) == (("Fleet",), ("Acme",))
    assert (Source("own").hosted_by, Source("own").sold_by) == ((), ())
