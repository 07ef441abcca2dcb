"""One TLS connection without a socket: ciphertext in, plaintext out, and back. Over `ssl.SSLObject`.

Bytes are counted where they cross the wire, so `wire_in` and `wire_out` include every TLS record and handshake
message. One `seal` of up to 16 KiB is one record.
"""

from __future__ import annotations

import ssl
from collections.abc import Collection

from parley.errors import LinkFault
from parley.link.certificate import peer_certificate

MAX_READ_BYTES = 256 * 1024


class TlsChannel:
    """See the module. The peer must show one of the `pinned` certificates (DER)."""

    def __init__(self, context: ssl.SSLContext, pinned: Collection[bytes], *, server_side: bool) -> None:
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=server_side)
        self._pinned = pinned
        self.certificate: bytes | None = None
        self.wire_in = 0
        self.wire_out = 0

    @property
    def established(self) -> bool:
        """Whether the handshake is done and the peer's certificate is a pinned one."""
        return self.certificate is not None

    def start(self) -> None:
        """Begin the handshake; see `output`."""
        self._handshake()

    def receive(self, ciphertext: bytes) -> bytes:
        """The plaintext that `ciphertext` completes; there may be `output` afterwards even where it is empty.

        Raises:
            LinkFault: ``link.tls`` or ``link.certificate``; `output` may hold the alert that tells the peer.
        """
        self.wire_in += len(ciphertext)
        self._incoming.write(ciphertext)
        if self.certificate is None:
            self._handshake()
            if self.certificate is None:
                return b""
        return self._plaintext()

    def seal(self, plaintext: bytes) -> bytes:
        """The ciphertext of `plaintext`, to be written at once."""
        self._tls.write(plaintext)
        return self.output()

    def output(self) -> bytes:
        """Ciphertext that waits to be written: handshake messages, alerts."""
        data = self._outgoing.read()
        self.wire_out += len(data)
        return data

    def _handshake(self) -> None:
        try:
            self._tls.do_handshake()
        except ssl.SSLWantReadError:
            return
        except ssl.SSLError as error:
            raise _fault(error) from error
        certificate = peer_certificate(self._tls)
        if certificate not in self._pinned:
            raise LinkFault("link.certificate", "the peer's certificate is none of those certified")
        self.certificate = certificate

    def _plaintext(self) -> bytes:
        parts: list[bytes] = []
        try:
            while (self._incoming.pending or self._tls.pending()) and (part := self._tls.read(MAX_READ_BYTES)):
                parts.append(part)
        except (ssl.SSLWantReadError, ssl.SSLZeroReturnError):
            pass
        except ssl.SSLError as error:
            if not parts:  # else what came whole before it is given out first: OpenSSL repeats the error
                raise _fault(error) from error
        return parts[0] if len(parts) == 1 else b"".join(parts)


def _fault(error: ssl.SSLError) -> LinkFault:
    return LinkFault("link.tls", f"TLS failed: {(error.reason or 'unknown').lower().replace('_', ' ')}")
