"""Search: how texts in three languages are compared, what of a statement is searched, and how an officer's words are read.

    normal     normal form of words: the one place that says which writings are the same
    query      an officer's words as phrases to look for
    matter     what of a content is searched: texts, phrases in every language, places, times
    places     cells of the globe, and distances on it
    excerpts   where in an original text a hit stands

No I/O, no clock. The index itself is `store.search_index`, and what feeds and asks it `node.searching`.
"""

from __future__ import annotations
