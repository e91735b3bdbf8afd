"""Whole numbers in the forms Word numbers lists with: 十二, 乙, ③, xii, c."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def ordinal(number: int, form: str) -> str:
    """A number in one of Word's forms; decimal where the form is unknown or has no such number.

    >>> ordinal(12, "chineseCounting"), ordinal(2, "ideographTraditional"), ordinal(3, "lowerLetter")
    ('十二', '乙', 'c')
    """
    if form == "none":
        return ""
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 780:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 1 <= number < 4000:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form == "ideographDigital":
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form in _CHINESE and 1 <= number < 10_000:
        return _chinese(number)
    if form == "chineseLegalSimplified" and 1 <= number < 10_000:
        return _counted(number, _LEGAL, " 拾佰仟")
    if form in _CYCLES and 1 <= number <= len(_CYCLES[form]):
        return _CYCLES[form][number - 1]
    if form == "decimalFullWidth":
        return str(number).translate({0x30 + digit: 0xFF10 + digit for digit in range(10)})
    return f"{number:02}" if form == "decimalZero" else str(number)


_COUNTING = (
    "chineseCounting chineseCountingThousand japaneseCounting taiwaneseCounting taiwaneseCountingThousand"
)
_CHINESE = frozenset(_COUNTING.split())
_CYCLES = {
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
}


def _chinese(number: int) -> str:
    text = _counted(number, "零" + _DIGITS[1:], " 十百千")
    return text[1:] if text.startswith("一十") else text


def _counted(number: int, digits: str, places: str) -> str:
    text, zero = "", False
    figures = str(number)
    for index, figure in enumerate(figures):
        place = len(figures) - index - 1
        if figure == "0":
            zero = True
            continue
        text += (digits[0] if zero and text else "") + digits[int(figure)] + places[place].strip()
        zero = False
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"],
        strict=True,
    ):
        text += letters * (number // value)
        number %= value
    return text
