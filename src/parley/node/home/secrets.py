"""A node's secret keys: one passphrase-protected file, four keys that are never shared.

The log key signs checkpoints, the ML-DSA key the daily post-quantum ones, the TLS key the lines, the sealing key
opens what is sealed to this node. Their public halves are certified by the member's root (`directory.node`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from parley.crypto import cbor
from parley.crypto.keyfile import read_key_file, write_key_file
from parley.crypto.keys import PqSigningKey, SealPrivateKey, SigningKey
from parley.errors import Misconfigured

KEY_FILE_KIND = "node"
SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class NodeSecrets:
    """See the module."""

    log_key: SigningKey
    pq_key: PqSigningKey
    tls_key: SigningKey
    seal_key: SealPrivateKey

    @classmethod
    def from_seeds(cls, log: bytes, pq: bytes, tls: bytes, seal: bytes) -> NodeSecrets:
        """The keys that four 32-byte seeds give."""
        return cls(
            SigningKey.from_seed(log),
            PqSigningKey.from_seed(pq),
            SigningKey.from_seed(tls),
            SealPrivateKey.from_seed(seal),
        )

    @classmethod
    def generate(cls, random: Callable[[int], bytes]) -> NodeSecrets:
        """Four new keys from `random`."""
        return cls.from_seeds(*(random(SEED_BYTES) for _ in range(4)))

    def to_bytes(self) -> bytes:
        """The four seeds, as deterministic CBOR; secret."""
        return cbor.encode([self.log_key.seed, self.pq_key.seed, self.tls_key.seed, self.seal_key.seed])

    @classmethod
    def from_bytes(cls, data: bytes) -> NodeSecrets:
        """The inverse of `to_bytes`.

        Raises:
            Misconfigured: code ``node.secrets``.
        """
        match cbor.decode(data):
            case [bytes() as log, bytes() as pq, bytes() as tls, bytes() as seal]:
                return cls.from_seeds(log, pq, tls, seal)
        raise Misconfigured("node.secrets", "does not hold the four keys of a node", field="node.key")

    def write(self, path: Path, passphrase: str, *, label: str, light: bool = False) -> None:
        """Write the key file, readable by its owner only; an existing one is never overwritten."""
        write_key_file(path, KEY_FILE_KIND, self.to_bytes(), passphrase, label=label, light=light)

    @classmethod
    def read(cls, path: Path, passphrase: str) -> NodeSecrets:
        """Open the key file.

        Raises:
            Misconfigured: it holds another kind of key.
        """
        kind, secret, _ = read_key_file(path, passphrase)
        if kind != KEY_FILE_KIND:
            raise Misconfigured(
                "node.secrets", f"{path} holds a {kind} key", field="node.key", rule="name the node's key file"
            )
        return cls.from_bytes(secret)
