#!/usr/bin/env python3
"""Writes the tables of Sources/Analysis/Unicode from the Unicode database, as the `regex` package and Python know it.

    Tools/generate_analysis_tables.py words > Sources/Analysis/Unicode/WordClassRanges.swift
    Tools/generate_analysis_tables.py ascii > Sources/Analysis/Unicode/ASCIIFoldingPairs.swift
"""
import re
import sys
import textwrap
import unicodedata

import regex

SCALARS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def having(pattern):
    expression = regex.compile(pattern)
    return {c for c in SCALARS if expression.match(chr(c))}


def word_classes():
    """A byte a scalar: the class in the lower five bits (the order of `WordClass.Kind`), then three flags."""
    breaks = {name: having(r"\p{WB=%s}" % name) for name in [
        "ALetter", "Hebrew_Letter", "Numeric", "Katakana", "MidLetter", "MidNum", "MidNumLet", "Single_Quote",
        "Double_Quote", "ExtendNumLet", "Extend", "Format", "ZWJ", "Regional_Indicator"]}
    modifiers = set(range(0x1F3FB, 0x1F400))
    hangul = having(r"\p{Script=Hangul}") & breaks["ALetter"]
    full_width_digits = set(range(0xFF10, 0xFF1A))
    kinds = [
        breaks["ALetter"] - hangul, hangul, breaks["Hebrew_Letter"], breaks["Numeric"] | full_width_digits,
        breaks["Katakana"], breaks["MidLetter"], breaks["MidNum"], breaks["MidNumLet"], breaks["Single_Quote"],
        breaks["Double_Quote"], breaks["ExtendNumLet"], (breaks["Extend"] | breaks["Format"]) - modifiers, breaks["ZWJ"],
        breaks["Regional_Indicator"], modifiers,
    ]
    values = {}
    for number, scalars in enumerate(kinds, 1):
        for c in scalars:
            values.setdefault(c, number)
    for number, name in [(16, "Han"), (17, "Hiragana")]:
        for c in having(r"\p{Script=%s}" % name):
            values.setdefault(c, number)
    not_pictures = breaks["Regional_Indicator"] | set(map(ord, "0123456789#*")) | modifiers
    for c in having(r"\p{Extended_Pictographic}") | (having(r"\p{Emoji}") - not_pictures):
        values[c] = values.get(c, 0) | 32
    for c in having(r"\p{Emoji_Modifier_Base}"):
        values[c] = values.get(c, 0) | 64
    for c in having(r"\p{LB=SA}"):
        values[c] = values.get(c, 0) | 128
    return values


def ranges(values):
    first = None
    for c in sorted(values):
        if first is not None and c == last + 1 and values[c] == values[first]:
            last = c
            continue
        if first is not None:
            yield first, last, values[first]
        first = last = c
    yield first, last, values[first]


def digits(number):
    """Base 36, as Swift's `Int(_:radix:)` reads it."""
    text = ""
    while True:
        number, rest = divmod(number, 36)
        text = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + text
        if not number:
            return text


def words():
    """Each range as gap from the last, length and value."""
    parts, at = [], 0
    for first, last, value in ranges(word_classes()):
        parts.append(f"{digits(first - at)}.{digits(last - first)}.{digits(value)}")
        at = last + 1
    return parts, "WordClassRanges", "ranges", (
        "The word break classes of all scalars: gap, length - 1 and value of each range, in base 36.")


SPECIAL = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ı": "i",
    "ĸ": "q", "ŉ": "'n", "ŋ": "n", "Ŋ": "N", "ſ": "s", "Ǝ": "E", "Ə": "A", "ə": "a", "ɐ": "a", "ɑ": "a",
    "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‹": "'", "›": "'", "′": "'",
    "″": '"', "‵": "'", "‶": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "⁻": "-", "₋": "-", "⁺": "+", "₊": "+",
    "⁼": "=", "₌": "=", "⁽": "(", "₍": "(", "⁾": ")", "₎": ")", "⁄": "/", "⁎": "*", "⁏": ";", "⁓": "~", "⁒": "%",
    "❛": "'", "❜": "'", "❝": '"', "❞": '"', "❨": "(", "❩": ")", "⸨": "((", "⸩": "))", "‼": "!!", "⁇": "??", "⁈": "?!",
    "⁉": "!?", "ƕ": "hv", "Ƕ": "HV", "ȣ": "ou", "Ȣ": "OU", "ᴂ": "ae", "ᴁ": "AE", "ɶ": "oe",
}


def folded(c):
    text = chr(c)
    if text in SPECIAL:
        return SPECIAL[text]
    name = unicodedata.name(text, "")
    plain = "".join(d for d in unicodedata.normalize("NFKD", text) if not unicodedata.combining(d))
    if plain.isascii() and plain.strip() == plain and plain:
        return plain
    match = re.fullmatch(r"LATIN (SMALL|CAPITAL) LETTER (AA|AO|AU|AV|AY|DZ|HV|LJ|NJ|OO|OU|TZ|VY|[A-Z])( WITH .*)?", name)
    if not match:
        match = re.fullmatch(r"LATIN (LETTER SMALL CAPITAL) ([A-Z])( WITH .*)?", name)
    return (match[2].upper() if match[1] != "SMALL" else match[2].lower()) if match else None


def ascii_foldings():
    blocks = [
        (0xC0, 0x24F), (0x250, 0x2AF), (0x1D00, 0x1DBF), (0x1E00, 0x1EFF), (0x2000, 0x209F), (0x2460, 0x24FF),
        (0x2720, 0x2793), (0x2C60, 0x2C7F), (0x2E00, 0x2E2F), (0xA720, 0xA7FF), (0xFB00, 0xFB06), (0xFF01, 0xFF5E)]
    scalars = [0xAA, 0xAB, 0xB2, 0xB3, 0xB9, 0xBA, 0xBB] + [c for a, b in blocks for c in range(a, b + 1)]
    # Folded in Elasticsearch, a sign of its own: neither a letter nor a form of one.
    scalars = [c for c in scalars if chr(c) not in "×÷"]
    groups = {}
    for c in scalars:
        text = folded(c)
        if text and not any(d.isspace() for d in text):
            groups.setdefault(text, []).append(f"{c:x}")
    parts = [f"{text} {' '.join(codes)}" for text, codes in sorted(groups.items())]
    return parts, "ASCIIFoldingPairs", "groups", (
        "What folds to ASCII: a line a result, followed by the scalars that become it, in hexadecimal.")


kind = sys.argv[1]
parts, type_name, member, comment = words() if kind == "words" else ascii_foldings()
print(f"// Generated by Tools/generate_analysis_tables.py from the Unicode database, version {unicodedata.unidata_version if kind != 'words' else 'of regex ' + regex.__version__}. Do not edit.")
print()
print(f"/// {comment}")
print(f"enum {type_name} {{")
print(f'    static let {member} = #"""')
if kind == "words":
    for line in textwrap.wrap(" ".join(parts), 120, break_long_words=False, break_on_hyphens=False):
        print("        " + line)
else:
    for part in parts:
        text, *codes = part.split(" ")
        for line in textwrap.wrap(" ".join(codes), 110):
            print(f"        {text} {line}")
print('        """#')
print("}")
