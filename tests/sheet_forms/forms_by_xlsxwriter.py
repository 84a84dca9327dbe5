"""Forms of .xlsx by XlsxWriter: what stands in cells, as Excel writes it with formats, dates and formulas."""

import datetime as dt

from sheet_form import ANN, BOB, UNKNOWN, Forms, entry
from xlsxwriter_books import DAY, DAYS, ENDED, NO_DAY, STARTED, at, of_rows, people, table

__all__ = ["FORMS"]

FORMS = Forms()
DEVICES = ("serial", "name", "status", "disk_encrypted")
RISKS = ("id", "title", "category", "owner_email", "likelihood", "impact")


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def days_as_date_cells() -> bytes:
    return people()


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def days_since_1904() -> bytes:
    return people(date_1904=True)


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def days_as_germans_show_them() -> bytes:
    return people(at("G2", DAYS[0], "[$-407]dd. mmmm yyyy"), at("G3", DAYS[1], "dd.mm.yyyy;@"))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def days_of_which_only_month_and_year_are_shown() -> bytes:
    return people(at("G2", DAYS[0], "mmm yy"))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses=f"sheet People, row 2, {STARTED}: holds a date before March 1900, which programs read in two ways: write it "
    "as text (1899-12-31)",
)  # fmt: skip
def a_day_before_March_1900() -> bytes:
    return people(at("G2", 59, DAY))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses=f"sheet People, row 2, {STARTED}: holds a time without a day, or the date 0: {NO_DAY}, or leave the cell empty",
)  # fmt: skip
def the_date_0() -> bytes:
    return people(at("G2", 0, "dd/mm/yyyy"))


@FORMS.form(
    "people.xlsx", reads=(ANN,),
    refuses=f"sheet People, row 3, {ENDED}: is a time without its zone: {NO_DAY}, or the time as text, as 2026-11-20T16:30Z",
)  # fmt: skip
def the_last_moment_of_a_year_stays_in_it() -> bytes:
    return people(at("H3", 46_022.99999999999, "yyyy-mm-dd hh:mm"))


@FORMS.form(
    "people.xlsx", reads=(BOB,), refuses=f"sheet People, row 2, {STARTED}: is no date: {NO_DAY}",
)  # fmt: skip
def a_day_with_a_time_and_its_fraction() -> bytes:
    return people(at("G2", dt.datetime(2024, 2, 1, 8, 15, 30, 250_000), "dd/mm/yyyy hh:mm:ss.000"))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def a_day_off_by_the_noise_of_a_formula() -> bytes:
    return people(at("G2", 45_323.000000001, DAY))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses=f"sheet People, row 2, {STARTED}: holds a duration (hours and minutes): write a number in the unit that the "
    "column asks for",
)  # fmt: skip
def a_duration() -> bytes:
    return people(at("G2", 1.25, "[h]:mm"))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses=f"sheet People, row 2, {STARTED}: is the number by which a spreadsheet keeps a day: forma"
    "t the column as a date and save it again",
)  # fmt: skip
def a_day_whose_cell_lost_its_format() -> bytes:
    return people(at("G2", 45_323))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses=f"sheet People, row 2, {STARTED}: may be two days, by the order of day and month: say `dates: \"%d/%m/%Y\"` or "
    f'`dates: "%m/%d/%Y"` under registers.people in soc2.yaml, or {NO_DAY}',
)  # fmt: skip
def a_day_as_text_that_may_be_two() -> bytes:
    return people(at("G2", "01/02/2024"))


@FORMS.form("people.xlsx", reads=(ANN, BOB), soc2_yaml='registers: {people: {dates: "%d/%m/%Y"}}')
def a_day_as_text_of_which_dates_says_what_it_is() -> bytes:
    return people(at("G2", "01/02/2024"))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def formulas_with_their_values() -> bytes:
    return people(
        lambda _, sheet: sheet.write_formula("B2", '="Ann"&" Lee"', None, "Ann Lee"),
        lambda book, sheet: sheet.write_formula("G2", "=DATE(2024,2,1)", book.add_format({"num_format": DAY}), 45_323),
        lambda _, sheet: sheet.write_formula("D2", "=TRUE()", None, True),
        lambda _, sheet: sheet.write_dynamic_array_formula("C2:C2", "=A9#", None, "employee"),
    )


NOT_CALCULATED = (
    "holds a formula whose value is not in the file: open it in Excel, LibreOffice or Google Sheets and save it again, or "
    "write the value itself"
)


@FORMS.form("people.xlsx", reads=(BOB,), refuses=f"sheet People, row 2, column B (name): {NOT_CALCULATED}")
def a_formula_without_a_value() -> bytes:
    return people(lambda _, sheet: sheet.write_formula("B2", "=A9", None, ""))


@FORMS.form("people.xlsx", reads=(BOB,), refuses="sheet People, row 2, column E (role): holds the error #N/A: mend the formula, or write the value itself")
def an_error_in_a_cell() -> bytes:
    return people(lambda _, sheet: sheet.write_formula("E2", "=VLOOKUP(1,X:X,1)", None, "#N/A"))


@FORMS.form("risks.xlsx", reads=(("R-1", "Fire", "3", "5"),))
def numbers_as_text_with_a_fraction_of_0_and_as_money() -> bytes:
    return table(RISKS, ["R-1", "Fire", "security", None, "3", 5], codes=["General"] * 5 + ['#,##0.00 "€"'])


@FORMS.form(
    "risks.xlsx",
    refuses="sheet Sheet1, row 2, column E (likelihood): holds a percentage, which the file keeps as a fraction of 1: take "
    "the % format away and write the number that the column asks for, as 12; sheet Sheet1, row 2, column F (impact): is no "
    "whole number: write it in digits alone, as 3",
)  # fmt: skip
def a_percentage_and_a_number_with_a_fraction() -> bytes:
    return table(RISKS, ["R-1", "Fire", "security", None, 0.6, 2.5], codes=["General"] * 4 + ["0%"])


@FORMS.form("devices.xlsx", reads=(("00123", "a", "stock", "True"), ("1234567890123", "b", "stock", "True")))
def ids_of_digits_as_text_and_as_a_long_number() -> bytes:
    """Excel shows the second one as 1.23457E+12, and keeps all of its digits."""
    return table(DEVICES, ["00123", "a", "stock", True], [1234567890123, "b", "stock", True])


@FORMS.form(
    "devices.xlsx", reads=(("C1", "c", "stock", "True"),),
    refuses="sheet Sheet1, row 2, column A (serial): shows zeros before its number that the file does not hold: format the "
    "column as text and write it again, as 00123; sheet Sheet1, row 3, column A (serial): holds a number of more than 15 "
    "digits, of which spreadsheets keep 15: format the column as text and write it again",
)  # fmt: skip
def ids_that_lost_their_zeros_or_their_last_digits() -> bytes:
    rows = {
        0: DEVICES,
        1: [123, "a", "stock", True],
        2: [4111111111111111111, "b", "stock", True],
        3: ["C1", "c", "stock", True],
    }
    return of_rows(rows, at("A2", 123, "00000"), name="Sheet1")


@FORMS.form(
    "devices.xlsx",
    refuses="sheet Sheet1, row 2, column A (serial): shows letters that the file does not hold: format the column as "
    "text and write it again, as RISK-17",
)  # fmt: skip
def an_id_whose_letters_are_in_its_format() -> bytes:
    return table(DEVICES, [17, "a", "stock", True], codes=['"LAP-"0'])


@FORMS.form(
    "devices.xlsx",
    refuses="sheet Sheet1, row 2, column D (disk_encrypted): shows letters that the file does not hold: format the column as "
    "text and write it again, as RISK-17",
)  # fmt: skip
def words_that_are_in_a_format() -> bytes:
    """The spreadsheet shows "no" for the number 1."""
    return table(DEVICES, ["C1", "a", "stock", 1], codes=["General"] * 3 + ['[=1]"no";"yes"'])


@FORMS.form("devices.xlsx", reads=(("2.0", "a", "stock", "True"), ("2.10", "b", "stock", "True"), ("2.25", "c", "stock", "True")))
def zeros_behind_a_number_that_its_format_shows() -> bytes:
    """The spreadsheet shows 2.0 and 2.10, which are other versions and ids than 2 and 2.1."""
    rows = {0: DEVICES, 1: ["", "a", "stock", True], 2: ["", "b", "stock", True], 3: ["", "c", "stock", True]}
    return of_rows(rows, at("A2", 2, "0.0"), at("A3", 2.1, "0.00"), at("A4", 2.25, "0.0"), name="Sheet1")


@FORMS.form(
    "devices.xlsx", reads=(("C3", "c", "stock", "True"),),
    refuses="sheet Sheet1, row 2, column A (serial) (and in row 3): holds a number that a spreadsheet has shortened: look up "
    "all of its digits, and write them into a column that is formatted as text",
)  # fmt: skip
def an_id_that_became_text_in_scientific_notation() -> bytes:
    return table(
        DEVICES, ["1.23457E+12", "a", "stock", True], ["1,23E+08", "b", "stock", True], ["C3", "c", "stock", True]
    )


@FORMS.form("devices.xlsx", reads=tuple((f"C{n}", "a", "stock", said) for n, said in enumerate(("True", "False", "True", "True", "False"))))
def yes_and_no_as_checkboxes_words_and_numbers() -> bytes:
    return table(DEVICES, *([f"C{number}", "a", "stock", said] for number, said in enumerate([True, False, "TRUE", 1, "no"])))


@FORMS.form(
    "devices.xlsx", reads=(("C2", "a", "stock", UNKNOWN),),
    refuses="sheet Sheet1, row 2, column D (disk_encrypted) (and in row 3): is neither yes nor no: write yes or no (or true, "
    "false), or say under registers.devices in soc2.yaml which words mean them (`yes: [...]`, `no: [...]`)",
)  # fmt: skip
def yes_in_words_of_which_nobody_said_what_they_mean() -> bytes:
    return table(DEVICES, ["C0", "a", "stock", "WAHR"], ["C1", "a", "stock", "ja"], ["C2", "a", "stock", "x"])


@FORMS.form(
    "devices.xlsx", reads=tuple((f"C{n}", "a", "stock", said) for n, said in enumerate(("True", "True", "True", "False"))),
    soc2_yaml="registers: {devices: {yes: [x, ja, WAHR], no: [nein]}}",
)  # fmt: skip
def yes_in_words_that_soc2_yaml_knows() -> bytes:
    return table(DEVICES, *([f"C{n}", "a", "stock", said] for n, said in enumerate(("WAHR", "ja", "x", "nein"))))


@FORMS.form("people.xlsx", reads=(entry(ANN, name="Ann\nLee"), entry(BOB, name="Bob\u00a0Ray")))
def line_breaks_blanks_and_blanks_that_do_not_break() -> bytes:
    return people(at("B2", "Ann\nLee"), at("B3", "Bob\u00a0Ray"), at("A2", " ann@acme.eu\u00a0"), at("E2", "engineer \n"))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def signs_without_width_around_a_value() -> bytes:
    """As they come along from web pages and chats."""
    return people(at("A2", "\u200bann@acme.eu"), at("B2", "Ann Lee\u200b"), at("F2", "\ufeffbob@acme.eu\u2060"))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses="sheet People, row 2, column A (email): holds a sign that is not seen, or looks as another one: write it again "
    "by hand",
)  # fmt: skip
def a_sign_without_width_within_an_address() -> bytes:
    return people(at("A2", "ann\u200b@acme.eu"))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def rich_text() -> bytes:
    return people(lambda book, sheet: sheet.write_rich_string("B2", "Ann ", book.add_format({"bold": True}), "Lee"))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def an_address_as_a_link() -> bytes:
    return people(lambda _, sheet: sheet.write_url("A2", "mailto:ann@acme.eu"))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses="sheet People, row 2, column A (email): holds more than an e-mail address: write ann@company.example alone, "
    "without mailto:, brackets or signs behind it",
)  # fmt: skip
def an_address_with_mailto_as_text() -> bytes:
    return people(lambda _, sheet: sheet.write_string("A2", "mailto:ann@acme.eu"))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses="sheet People, row 2, column A (email): is no e-mail address: write it as ann@company.example",
)  # fmt: skip
def a_name_that_links_to_an_address() -> bytes:
    return people(lambda _, sheet: sheet.write_url("A2", "mailto:ann@acme.eu", None, "Ann"))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses="sheet People, row 2, column A (email): holds a placeholder or an example: nobody knows which entry this is",
)  # fmt: skip
def an_address_in_angle_brackets() -> bytes:
    return people(at("A2", "<ann@acme.eu>"))
