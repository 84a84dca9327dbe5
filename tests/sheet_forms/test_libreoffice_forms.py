"""The forms of spreadsheets that LibreOffice makes: read right, or refused by their place."""

from pathlib import Path

import forms_by_libreoffice
import pytest
from sheet_form import Form, outcome

pytestmark = pytest.mark.services
FORMS = forms_by_libreoffice.FORMS


@pytest.fixture(scope="module", autouse=True)
def office() -> None:
    """LibreOffice, which is installed where it is not there."""
    forms_by_libreoffice.install_office()


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_form_is_read_right_or_refused_by_its_place(form: Form, tmp_path: Path) -> None:
    told = outcome(form, tmp_path)
    assert told.reads == form.reads
    assert told.refuses == form.refuses
