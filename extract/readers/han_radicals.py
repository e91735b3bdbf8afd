"""Radicals and compatibility ideographs that PDF producers write in place of the ordinary ideograph.

Chromium and others write ⻋ (U+2ECB) where the page means 车. Folding follows Unicode's
EquivalentUnifiedIdeograph for the radicals supplement, and the decompositions that Unicode gives for
Kangxi radicals and compatibility ideographs. Everything else, full-width forms above all, stays as printed.
"""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = dict(
    zip(
        "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺"
        "⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀"
        "聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)

_COMPATIBLE = (range(0x2F00, 0x2FE0), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))


def fold(character: str) -> str:
    """The ideograph a radical or compatibility ideograph stands for; any other character unchanged.

    >>> fold("⻋"), fold("⼀"), fold("＞"), fold("车")
    ('车', '一', '＞', '车')
    """
    if character in _SUPPLEMENT:
        return _SUPPLEMENT[character]
    if any(ord(character) in block for block in _COMPATIBLE):
        return unicodedata.normalize("NFKC", character)
    return character


FOLDED = {
    code: fold(chr(code))
    for block in (range(0x2E80, 0x2F00), *_COMPATIBLE)
    for code in block
    if fold(chr(code)) != chr(code)
}
"""Every code point that folding changes, with its ideograph."""
