"""Dates with the month's name in other languages than English: `3. Mai 2019`, `3 de mayo de 2019`, `2019. május 3.`

Found from their figures, which are few in any text, so that the names cost nothing where there are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .words import fold

# January to December; forms of one month are divided by a stroke.
_MONTHS = """
januar februar marz april mai juni juli august september oktober november dezember
janner feber maerz april mai juni juli august september oktober november dezember
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november december
januar februar mars april mai juni juli august september oktober november desember
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gener febrer marc abril maig juny juliol agost setembre octubre novembre desembre
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
januar|januari februar marcius aprilis majus junius julius augusztus szeptember oktober november december
ocak subat mart nisan mayıs haziran temmuz agustos eylul ekim kasım aralık
stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου οκτωβριου νοεμβριου δεκεμβριου
يناير فبراير مارس أبريل|ابريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
"""  # noqa: E501
_BY_NAME = {
    fold(form): number
    for line in _MONTHS.strip().splitlines()
    for number, forms in enumerate(line.split(), 1)
    for form in forms.split("|")
}
_day_first = re.compile(
    r"(?<![\d.,/:])(?P<day>[0-3]?\d)(?P<dot>\.|er|º|°)?\s+(?:de\s+|d['’]\s?)?ב?(?P<month>[^\s\d.,;:()]{3,16})"
    r"(?:\.?,?\s+(?:de\s+|del\s+|พ\.ศ\.\s+|ค\.ศ\.\s+)?(?P<year>[12]\d{3})(?!\d))?"
)
_year_first = re.compile(
    r"(?<![\d.,/:])(?P<year>[12]\d{3})\.?\s+(?P<month>[^\s\d.,;:()]{3,16})\s+(?P<day>[0-3]?\d)(?!\d)"
)
_year_last = re.compile(r"(?<![\w.])(?P<month>[^\W\d_]{3,16})\s+(?:de\s+|del\s+)?(?P<year>[12]\d{3})(?!\d)")
_FORMS = (_day_first, _year_first, _year_last)


def named_dates(text: str) -> Iterator[tuple[int, int, int | None, int, int | None]]:
    """Start, end, year, month and day of dates in `text`, whose digits are plain ones; overlapping ones too."""
    for form in _FORMS:
        for match in form.finditer(text):
            parts = match.groupdict()
            month = _BY_NAME.get(fold(parts["month"]).removeprefix("ב"))
            day = int(parts["day"]) if parts.get("day") else None
            if month and (day is None or 1 <= day <= 31):
                end = match.end() if parts["year"] or form is not _day_first else match.end("month")
                yield match.start(), end, int(parts["year"]) if parts["year"] else None, month, day
