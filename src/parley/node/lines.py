"""What a node speaks as on its lines: its greeting, its TLS certificate, and whose certificates it accepts."""

from __future__ import annotations

from parley.charter.directory_kinds import NodeCertificate
from parley.crypto.keys import SigningKey
from parley.link.certificate import certificate_pem, client_context, private_key_pem, server_context
from parley.link.connection import LinkIdentity
from parley.link.frames import Hello


def identity(hello: Hello, tls_key: SigningKey, own: NodeCertificate, pinned: frozenset[bytes]) -> LinkIdentity:
    """The identity of the node that `own` certifies, accepting exactly the certificates `pinned` (DER).

    Raises:
        ParleyError: a certificate cannot be used.
    """
    certificate, key = certificate_pem(own.tls_certificate), private_key_pem(tls_key)
    others = sorted(pinned - {own.tls_certificate})
    return LinkIdentity(
        hello, server_context(certificate, key, others), client_context(certificate, key, others), frozenset(others)
    )
