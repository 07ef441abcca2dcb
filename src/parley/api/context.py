"""What the routes share: the node, and what this API keeps of its own. One for each running node.

Routes get it by `Ctx`. It hears the node's events, tells the hub, and ends sessions whose key is gone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from parley.api.inviting import Invitations
from parley.api.limits import Limits
from parley.api.news import News, message_of, news_of
from parley.api.octets import to_text
from parley.api.sign_on import SignOn
from parley.crypto.cbor import CborValue
from parley.node.home.token import ensure_token
from parley.node.hub import EventHub
from parley.node.maps.packs import MapPacks
from parley.node.private import PrivateStore
from parley.node.runtime import Event, Node
from parley.record.statement import Statement

HOUR_MS = 3_600_000
EPOCH_BYTES = 9

Rehearsal = Callable[[Statement, Mapping[str, CborValue]], None]
"""Raises `Refused` where a statement with these fields would move nothing; asked before the node is."""


@dataclass(slots=True)
class Context:
    """See the module.

    Attributes:
        token: the node's local token.
        rehearse: see `Rehearsal`.
    """

    node: Node
    drill: bool
    token: str
    hub: EventHub
    sign_on: SignOn
    invitations: Invitations
    private: PrivateStore
    limits: Limits
    random: Callable[[int], bytes]
    rehearse: Rehearsal
    map_packs: MapPacks

    @classmethod
    def of(cls, node: Node, *, drill: bool = False, random: Callable[[int], bytes] = os.urandom) -> Context:
        """The context of `node`, listening to it.

        Raises:
            ParleyError: the token or the drafts in the node's home cannot be read.
        """
        mechanism, idle_ms = node.mechanism, node.settings.session_idle_hours * HOUR_MS
        sign_on = SignOn(mechanism, node.me, idle_ms, random=random, now_ms=node.now_ms)
        made = cls(
            node, drill, ensure_token(node.home.token_file, random), EventHub(to_text(random(EPOCH_BYTES))), sign_on,
            Invitations(mechanism, node.me, sign_on.officer, random=random, now_ms=node.now_ms),
            PrivateStore(node.home.private_file), Limits(), random, node.rehearse,
            MapPacks(node.home.map_folder),
        )  # fmt: skip
        node.observe(made.hear)
        return made

    def close(self) -> None:
        """End every tab, and let go of node and drafts."""
        self.node.unobserve(self.hear)
        self.hub.close()
        self.private.close()

    def hear(self, event: Event) -> None:
        """The node tells something."""
        news = news_of(event, self.node)
        if news is not None:
            self.tell(news)
        self.sign_on.review()

    def tell(self, news: News) -> None:
        """Tell every tab."""
        self.hub.publish(*message_of(news))


def context_of(connection: HTTPConnection) -> Context:
    """The context of the application that a request or WebSocket came to."""
    context = connection.app.state.context
    assert isinstance(context, Context), "the factory puts it there"
    return context


Ctx = Annotated[Context, Depends(context_of)]
