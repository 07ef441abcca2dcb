"""The lines of a running node: what it speaks as, whose certificates it accepts, its server and its diallers.

Until they are open, and again once they are closed, nothing is sent and nobody is reached; that is no fault.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from parley.errors import LinkFault, Refused
from parley.link.certificate import certificate_pem, client_context, private_key_pem, server_context
from parley.link.connection import LinkIdentity
from parley.link.frames import Frame, Hello
from parley.link.links import LinkListener, Links
from parley.link.offset import Offset
from parley.link.transport import Dialer, LinkServer
from parley.node.core.mechanism import Mechanism
from parley.node.home.cards import Card
from parley.node.home.home import Home, Settings
from parley.node.home.secrets import NodeSecrets
from parley.record.ids import MemberOrdinal


class Lines:
    """See the module.

    Args:
        listener: told of every session and frame.
        now_ms: this node's clock, Unix ms.
    """

    def __init__(
        self, home: Home, settings: Settings, secrets: NodeSecrets, mechanism: Mechanism, me: MemberOrdinal,
        listener: LinkListener, now_ms: Callable[[], int],
    ) -> None:  # fmt: skip
        self._home = home
        self._settings = settings
        self._secrets = secrets
        self._mechanism = mechanism
        self._me = me
        self._listener = listener
        self._now_ms = now_ms
        self._links: Links | None = None
        self._server: LinkServer | None = None
        self._dialers: list[Dialer] = []

    def card(self) -> Card:
        """This node's own card, as it lies in its directory."""
        return Card.read(self._home.card_file)

    async def open(self) -> None:
        """Take calls, and call every peer whose address is in the settings.

        Raises:
            ParleyError: the card, a certificate or the address cannot be used.
        """
        self._links = Links(self._identity(), self._listener, self._check_hello, self._now_ms)
        self._server = LinkServer(self._links, *self._settings.listen)
        await self._server.start()
        for code, (host, port) in self._settings.peers.items():
            dialer = Dialer(self._links, self._peer(code), host, port, random.Random().random)
            self._dialers.append(dialer)
            dialer.start()

    async def close(self) -> None:
        """End every session politely; no call is taken or made any more."""
        if self._server is not None:
            await self._server.stop()
        for dialer in self._dialers:
            await dialer.stop()
        if self._links is not None:
            await self._links.stop()
            self._links = None

    def send(self, peer: MemberOrdinal, frame: Frame, *, urgent: bool) -> None:
        """Queue a frame; a peer that does not take what it is sent is disconnected. What is urgent is written at once."""
        if self._links is None:
            return
        if not self._links.send(peer, frame, urgent=urgent):
            self._links.disconnect(peer, "link.queue-full", "it does not take what it is sent")
        if urgent:  # the rest of what is to be done can wait
            self._links.flush()

    def flush(self) -> None:
        """Write out what is queued."""
        if self._links is not None:
            self._links.flush()

    def disconnect(self, peer: MemberOrdinal, code: str, reason: str) -> None:
        """End the session with `peer`, and say why."""
        if self._links is not None:
            self._links.disconnect(peer, code, reason)

    def offset(self, peer: MemberOrdinal) -> Offset | None:
        """The clock of a connected peer against ours, once measured."""
        return self._links.offset(peer) if self._links is not None else None

    def cut(self, code: str) -> None:
        """Close the line to a member, and keep it closed until `restore`.

        Raises:
            Refused: code ``node.no-peer``, or ``node.not-started``.
        """
        self._opened().cut(self._peer(code))

    def restore(self, code: str) -> None:
        """Open a line that was cut; raises as `cut`."""
        ordinal = self._peer(code)
        self._opened().restore(ordinal)
        for dialer in self._dialers:
            if dialer.peer == ordinal:
                dialer.wake()

    def _identity(self) -> LinkIdentity:
        own = self.card()
        mine = self._mechanism.card_keys(own).tls_certificate
        hello = Hello(self._mechanism.digest, self._me, own.statement, own.content)
        certificate, key = certificate_pem(mine), private_key_pem(self._secrets.tls_key)
        others = sorted(self._pinned() - {mine})
        return LinkIdentity(
            hello, server_context(certificate, key, others), client_context(certificate, key, others), frozenset(others)
        )

    def _pinned(self) -> frozenset[bytes]:
        """Certificates of the other nodes: from their cards, and the newest in their directories."""
        pinned: set[bytes] = set()
        for ordinal in self._mechanism.ordinals:
            path = self._home.peer_card_file(self._mechanism.code(ordinal))
            known = self._mechanism.directory(self._mechanism.current_log(ordinal)).all_node_keys()
            if known:
                pinned.add(known[0].tls_certificate)
            elif ordinal != self._me and path.exists():
                pinned.add(self._mechanism.card_keys(Card.read(path)).tls_certificate)
        return frozenset(pinned)

    def _check_hello(self, hello: Hello, certificate: bytes) -> None:
        keys = self._mechanism.node_keys_in(hello.ordinal, hello.node_statement, hello.node_content)
        if keys is None:
            raise LinkFault(
                "hello.uncertified", "its node keys are not certified by that member's root key", field="hello"
            )
        if keys.tls_certificate != certificate:
            raise LinkFault(
                "hello.certificate", "it speaks over another certificate than the one certified", field="hello"
            )

    def _opened(self) -> Links:
        if self._links is None:
            raise Refused("node.not-started", "the node does not run yet")
        return self._links

    def _peer(self, code: str) -> MemberOrdinal:
        ordinal = self._mechanism.ordinal(code)
        if ordinal is None or ordinal == self._me:
            raise Refused("node.no-peer", f"{code} is not another member of this mechanism", field="code")
        return ordinal
