"""The languages of the phrasebook: every module here is one, and holds its table as ``LANGUAGE``.

To add a language, add its file; nothing else names it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

from parley.errors import BadInput
from parley.procedure.phrasebook.faults import faults
from parley.procedure.phrasebook.language import Language


def discover() -> Mapping[str, Language]:
    """The tables of all modules of this package by tag, in the order of the tags."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found: dict[str, Language] = {}
    for name in names:
        language = importlib.import_module(f"{__name__}.{name}").LANGUAGE
        if not isinstance(language, Language) or language.tag != name:
            raise TypeError(f"languages/{name}.py must hold LANGUAGE, a Language with the tag {name!r}")
        if wrong := faults(language):
            raise ValueError(f"languages/{name}.py: {'; '.join(wrong)}")
        found[name] = language
    return found


LANGUAGES: Mapping[str, Language] = discover()


def language_of(tag: str) -> Language:
    """The table for a language tag; ``ar-SY`` is read as ``ar``.

    Raises:
        BadInput: ``phrase.language``.
    """
    language = LANGUAGES.get(tag.partition("-")[0])
    if language is None:
        raise BadInput("phrase.language", f"the phrasebook has no {tag[:32]!r}", field="language",
                       rule=f"one of {', '.join(LANGUAGES)}")  # fmt: skip
    return language
