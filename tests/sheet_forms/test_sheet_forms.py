"""Every form of spreadsheet in the corpus is read right, or refused by its place: never read otherwise than people mean it.

Those that LibreOffice makes are tried by `make test-services`.
"""

from pathlib import Path

import cells_of_csv
import forms_by_hand
import forms_by_openpyxl
import forms_by_xlsxwriter
import forms_of_csv
import layouts_by_xlsxwriter
import pytest
from sheet_form import Form, outcome

MAKERS = {
    "XlsxWriter": forms_by_xlsxwriter.FORMS,
    "layouts by XlsxWriter": layouts_by_xlsxwriter.FORMS,
    "openpyxl": forms_by_openpyxl.FORMS,
    "by hand": forms_by_hand.FORMS,
    "CSV": forms_of_csv.FORMS,
    "cells of CSV": cells_of_csv.FORMS,
}
CORPUS = {f"{maker}: {name}": form for maker, forms in MAKERS.items() for name, form in forms.items()}


@pytest.mark.each(5)
@pytest.mark.parametrize("form", CORPUS.values(), ids=CORPUS)
def test_the_form_is_read_right_or_refused_by_its_place(form: Form, tmp_path: Path) -> None:
    told = outcome(form, tmp_path)
    assert told.reads == form.reads
    assert told.refuses == form.refuses


def test_every_form_says_what_must_come_of_it() -> None:
    """One that expects neither entries nor a refusal would pass where a file is lost."""
    assert [name for name, form in CORPUS.items() if not (form.reads or form.refuses)] == []
    assert len(CORPUS) > 150
