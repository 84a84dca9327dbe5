"""Forms of CSV by what stands in cells: dates, ids, numbers, addresses, yes and no, and what was never computed."""

from forms_of_csv import BOB_ROW, BOM, HEADER, NO_DAY, PLAIN, STARTED
from sheet_form import ANN, BOB, Forms, entry

__all__ = ["FORMS"]

FORMS = Forms()
DEVICE_HEADER = "serial,name,status,disk_encrypted\n"
RISK_HEADER = "id,title,category,owner_email,likelihood,impact\n"


def started(text: str) -> bytes:
    """Ann has begun on a day that is written so."""
    return PLAIN.replace("2024-02-01", text).encode()


@FORMS.form("people.csv", reads=(BOB,), refuses=f"row 2, {STARTED}: may be two days, by the order of day and month: say `dates: \"%d/%m/%Y\"` or "
    f'`dates: "%m/%d/%Y"` under registers.people in soc2.yaml, or {NO_DAY}')  # fmt: skip
def a_day_that_may_be_two() -> bytes:
    return started("01/02/2024")


@FORMS.form("people.csv", reads=(ANN, entry(BOB, started_at="2020-03-04")), soc2_yaml='registers: {people: {dates: "%m/%d/%Y"}}')
def days_of_which_dates_says_what_they_are() -> bytes:
    return started("02/01/2024").replace(b"2020-04-03", b"3/4/2020")


@FORMS.form("people.csv", reads=(BOB,), refuses=f"row 2, {STARTED}: is no ISO date: say `dates: \"%d.%m.%Y\"` under registers.people in soc2.yaml, or {NO_DAY}")
def a_day_as_in_Germany() -> bytes:
    return started("31.01.2024")


@FORMS.form(
    "people.csv", reads=(BOB,),
    refuses=f"row 2, {STARTED}: has a year of two digits, which may be of two centuries: {NO_DAY}",
)  # fmt: skip
def a_year_of_two_digits() -> bytes:
    return started("31.01.24")


@FORMS.form("people.csv", reads=(BOB,), refuses=f"row 2, {STARTED}: is no date: {NO_DAY}")
def a_month_by_its_German_name() -> bytes:
    return started("1. Februar 2024")


@FORMS.form(
    "people.csv", reads=(BOB,), soc2_yaml='registers: {people: {dates: "%d. %B %Y"}}',
    refuses=f'row 2, {STARTED}: is no date written as "%d. %B %Y" (20. November 2026), which registers.people.dates in soc2.yaml '
    "says: write it so, or as 2026-11-20",
)  # fmt: skip
def a_month_by_its_German_name_where_English_ones_are_known() -> bytes:
    return started("1. Februar 2024")


@FORMS.form(
    "people.csv", reads=(BOB,),
    refuses=f"row 2, {STARTED}: is the number by which a spreadsheet keeps a day: format the column as"
    " a date and save it again",
)  # fmt: skip
def a_day_as_the_number_that_Excel_has_for_it() -> bytes:
    return started("45323")


@FORMS.form("people.csv", reads=(BOB,), refuses=f"row 2, {STARTED}: is no date: {NO_DAY}")
def a_moment_of_another_zone_where_a_day_belongs() -> bytes:
    return started("2024-02-01T23:30:00-05:00")


@FORMS.form("people.csv", reads=(BOB,), refuses=f"row 2, {STARTED}: is no date: {NO_DAY}")
def a_day_with_midnight() -> bytes:
    """As pandas and LibreOffice write a date cell that has a format of moments."""
    return started("2024-02-01 00:00:00")


@FORMS.form("people.csv", reads=(BOB,), refuses=f"row 2, {STARTED}: is no day of the calendar")
def a_day_that_no_calendar_has() -> bytes:
    return started("2023-02-29")


@FORMS.form("people.csv", reads=(entry(ANN, started_at="?"), BOB))
def the_date_0() -> bytes:
    return started("1900-01-00")


@FORMS.form("people.csv", reads=(BOB, entry(ANN, email="eve@acme.eu", active="False", manager_email="None", ended_at="2026-08-31T15:00:00+00:00")))
def a_moment_with_its_zone() -> bytes:
    eve = "eve@acme.eu,Ann Lee,employee,FALSE,engineer,,2024-02-01,2026-08-31T17:00:00+02:00"
    return f"{HEADER},ended_at\n{BOB_ROW},\n{eve}\n".encode()


@FORMS.form("people.csv", reads=(entry(ANN, role="?"), entry(BOB, role="?", name="?")))
def errors_and_formulas_that_were_saved_as_text() -> bytes:
    return PLAIN.replace("engineer", "#N/A").replace("CEO", "#NAME?").replace("Bob Ray", "=A9&B9").encode()


@FORMS.form("people.csv", reads=(ANN, BOB))
def signs_without_width_around_a_value() -> bytes:
    return PLAIN.replace("ann@acme.eu", "\u200bann@acme.eu").replace(",Bob Ray", ",Bob Ray\u00a0\u200b").encode()


@FORMS.form("people.csv", reads=(ANN, BOB))
def two_marks_of_byte_order() -> bytes:
    return (BOM + BOM + PLAIN).encode()


@FORMS.form("people.csv", reads=(BOB,), refuses="row 2, column B (name): holds a sign in the place of a letter that was lost when the file was saved: write the text again")
def a_letter_that_was_lost() -> bytes:
    return PLAIN.replace("Ann Lee", "\ufffdnn Lee").encode()


NOT_ALONE = (
    "row 2, column A (email): holds more than an e-mail address: write ann@company.example alone, without mailto:, brackets "
    "or signs behind it"
)


@FORMS.form("people.csv", reads=(BOB,), refuses=NOT_ALONE)
def an_address_with_mailto() -> bytes:
    return PLAIN.replace("ann@acme.eu", "mailto:ann@acme.eu").encode()


@FORMS.form(
    "people.csv", reads=(BOB,), refuses=NOT_ALONE
)  # fmt: skip
def an_address_with_a_semicolon_behind() -> bytes:
    return PLAIN.replace("ann@acme.eu,Ann", "ann@acme.eu;,Ann").encode()


@FORMS.form(
    "people.csv", reads=(BOB,),
    refuses="row 2, column A (email): holds a sign that is not seen, or looks as another one: write it again by hand",
)  # fmt: skip
def an_address_with_a_hyphen_that_does_not_break() -> bytes:
    return PLAIN.replace("ann@acme.eu,Ann", "ann@ac\u2011me.eu,Ann").encode()


@FORMS.form(
    "people.csv", reads=(BOB,), refuses="row 2, column A (email): holds a blank: write one address without any"
)  # fmt: skip
def an_address_with_a_name_before_it() -> bytes:
    return PLAIN.replace("ann@acme.eu,Ann", "Ann Lee <ann@acme.eu>,Ann").encode()


@FORMS.form("devices.csv", reads=(("00123", "a", "stock", "True"), ("00124", "b", "stock", "True"), ("00125", "c", "stock", "True")))
def ids_with_zeros_and_the_ways_to_keep_them() -> bytes:
    r"""`="00124"` and `'00125` are what people write so that a spreadsheet does not take the zeros away."""
    return (DEVICE_HEADER + '00123,a,stock,yes\n="00124",b,stock,yes\n"=""00125""",c,stock,yes\n').encode()


@FORMS.form(
    "devices.csv",
    refuses="row 2, column A (serial): begins with an apostrophe, by which a spreadsheet is told that a text follows: take "
    "it away",
)  # fmt: skip
def an_id_with_an_apostrophe() -> bytes:
    return (DEVICE_HEADER + "'00123,a,stock,yes\n").encode()


@FORMS.form(
    "devices.csv", reads=(("C3", "c", "stock", "True"),),
    refuses="row 2, column A (serial) (and in row 3): holds a number that a spreadsheet has shortened: look up all of its "
    "digits, and write them into a column that is formatted as text",
)  # fmt: skip
def ids_that_a_spreadsheet_shortened() -> bytes:
    return (DEVICE_HEADER.replace(",", ";") + "1.23457E+12;a;stock;yes\n1,23E+08;b;stock;yes\nC3;c;stock;yes\n").encode()


@FORMS.form(
    "devices.csv", reads=(("C2", "c", "stock", "?"),),
    refuses="row 2, column D (disk_encrypted) (and in row 3): is neither yes nor no: write yes or no (or true, false), or say "
    "under registers.devices in soc2.yaml which words mean them (`yes: [...]`, `no: [...]`)",
)  # fmt: skip
def yes_in_German() -> bytes:
    return (DEVICE_HEADER + "C0,a,stock,WAHR\nC1,b,stock,ja\nC2,c,stock,x\n").encode()


@FORMS.form(
    "devices.csv", reads=(("C0", "a", "stock", "True"), ("C1", "b", "stock", "True"), ("C2", "c", "stock", "True")),
    soc2_yaml="registers: {devices: {yes: [WAHR, ja, x], no: [FALSCH, nein]}}",
)  # fmt: skip
def yes_in_German_as_soc2_yaml_says() -> bytes:
    return (DEVICE_HEADER + "C0,a,stock,WAHR\nC1,b,stock,ja\nC2,c,stock,x\n").encode()


@FORMS.form("risks.csv", reads=(("R-1", "Fire", "3", "5"),))
def numbers_with_a_fraction_of_0() -> bytes:
    """As pandas writes whole numbers of a column in which one is missing."""
    return (RISK_HEADER + "R-1,Fire,security,,3.0,5\n").encode()


@FORMS.form(
    "risks.csv",
    refuses="row 2, column E (likelihood): is no whole number: write it in digits alone, as 3; row 2, column F (impact): is no "
    "whole number: write it in digits alone, as 3",
)  # fmt: skip
def numbers_with_separators_and_signs() -> bytes:
    return (RISK_HEADER + 'R-1,Fire,security,,"1,000",60 %\n').encode()


