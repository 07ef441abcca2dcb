"""Reading a statement aloud, over a telephone or a radio: what to say, in the reader's language, so that both ends know that
they read the same statement. See `card` for the order, `alphabets` for the spelling, `check_words` for the check."""

from parley.procedure.readaloud.card import LANGUAGES, Card, Line, Spoken, card

__all__ = ["LANGUAGES", "Card", "Line", "Spoken", "card"]
