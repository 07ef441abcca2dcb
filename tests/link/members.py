"""Members with TLS keys, and what their nodes speak as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from parley.crypto.keys import SigningKey
from parley.errors import Refused
from parley.link.certificate import (
    certificate_pem,
    client_context,
    make_certificate,
    private_key_pem,
    server_context,
)
from parley.link.connection import LinkIdentity
from parley.link.frames import Hello

MECHANISM = bytes(range(32))
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
UNTIL = datetime(2021, 1, 1, tzinfo=UTC)  # long past: dates decide nothing


@dataclass(frozen=True)
class Member:
    """One member's node as its peers see it."""

    ordinal: int
    key: SigningKey
    certificate: bytes

    @property
    def hello(self) -> Hello:
        return Hello(MECHANISM, self.ordinal, self.certificate[:32], self.certificate)

    @property
    def pems(self) -> tuple[bytes, bytes]:
        return certificate_pem(self.certificate), private_key_pem(self.key)

    def speaks_to(self, others: Sequence[Member]) -> LinkIdentity:
        pinned = [other.certificate for other in others]
        return LinkIdentity(
            self.hello, server_context(*self.pems, pinned), client_context(*self.pems, pinned), frozenset(pinned)
        )


def member(ordinal: int, seed: int | None = None, name: str | None = None) -> Member:
    """The member with this ordinal; another `seed` makes it another key."""
    key = SigningKey.from_seed(bytes([ordinal if seed is None else seed]) * 32)
    return Member(ordinal, key, make_certificate(key, name or f"node {ordinal}", 1, SINCE, UNTIL))


def check_hello(hello: Hello, certificate: bytes) -> None:
    """Stands in for the check against root keys: the content is the certificate."""
    if hello.node_content != certificate:
        raise Refused("hello.certificate", "names another TLS certificate than the one shown")
