"""What a language brings to the phrasebook: one table, written in one file of `languages/`.

Rules of the texts:

* a rendering is ``category: headline. body``. The headline ends at the first full stop and is unique within its
  category, so no two phrases can read alike whatever is filled in;
* ``{slot}`` stands for a slot's text. ``{slot:form}`` takes it in another form of the language: for a thing ``def``
  (definite), for a number whatever the language names (Arabic ``gen``, where the dual stands in another case);
* ``{slot|m:word|f:word}`` is a word that agrees with the gender of what the slot names; it repeats no value;
* numbers are always shown in digits, also where the noun alone would tell them;
* no range is written with a hyphen: two values stand in two places of the sentence, each said by a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Forms = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Noun:
    """What a thing is called.

    Attributes:
        gender: as the language's texts name it in agreeing words.
        forms: ``sg`` (one, indefinite), ``def`` where texts use it, and for each plural form of the language the
            counted noun around ``{n}``; another form of any as ``two.gen``.
    """

    gender: str
    forms: Forms


@dataclass(frozen=True, eq=False)
class Language:
    """One language's table.

    Attributes:
        tag: BCP 47 language subtag.
        name: in the language itself.
        direction: ``ltr`` or ``rtl``.
        plurals: name of a rule in `plurals.RULES`.
        categories: word that opens the phrases of a category.
        texts: headline and body of each phrase.
        labels: what each slot is called beside a field of a form.
        months: from January.
        instant: text around ``{clock} {day} {month} {year}``.
        place: text around ``{latitude} {ns} {longitude} {ew}``; `code_name` follows it where a place has one.
        hemispheres: words for north, south, east, west.
        bearing: text around ``{degrees}``.
        datums: texts around ``{length}``: above the datum and below it ("" where it cannot be).
        units: ``metre``, ``foot``, ``minute``, ``hour`` in the plural forms of the language, around ``{n}``.
        nouns: things and what else is counted.
        words: text of every code of every other enumeration.
    """

    tag: str
    name: str
    direction: str
    plurals: str
    categories: Mapping[str, str]
    texts: Mapping[str, tuple[str, str]]
    labels: Mapping[str, str]
    months: tuple[str, ...]
    instant: str
    place: str
    code_name: str
    hemispheres: tuple[str, str, str, str]
    bearing: str
    datums: Mapping[str, tuple[str, str]]
    units: Mapping[str, Forms]
    nouns: Mapping[str, Noun]
    words: Mapping[str, Mapping[str, str]]
