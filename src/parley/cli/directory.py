"""Directory statements through the running node: what a root or a registrar has recorded of its own member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from parley.charter.charter import Member
from parley.charter.directory import Directory
from parley.charter.directory_build import DirectorySigner
from parley.charter.directory_kinds import DirectoryContent, RegistrarGrant, decode_fields, encode_fields
from parley.cli.client import NodeClient
from parley.cli.settings import random_bytes
from parley.crypto.keys import SigningKey
from parley.errors import Refused
from parley.node import founding
from parley.node.core.folding import fold_directories
from parley.node.core.mechanism import Mechanism
from parley.node.home.home import Home
from parley.node.home.record import durable_record


@dataclass(frozen=True, slots=True)
class Registry:
    """A running node, and its member's directory as the node's store has it.

    Attributes:
        home: the node's directory.
        client: its API.
        mechanism: with all directories folded.
        member: the node's own.
    """

    home: Home
    client: NodeClient
    mechanism: Mechanism
    member: Member

    @classmethod
    def of(cls, home: Home) -> Registry:
        """The registry of the node at `home`.

        Raises:
            LinkFault: the node does not run.
            Refused: it is no member of the mechanism.
        """
        settings = home.settings()
        client = NodeClient.of(home)
        client.status()
        mechanism = folded(home)
        member = mechanism.charter.member(settings.code)
        if member is None:
            raise Refused("settings.code", f"{settings.code} is no member of this mechanism", field="code")
        return cls(home, client, mechanism, member)

    @property
    def directory(self) -> Directory:
        """This member's directory in the log that it writes now."""
        return self.mechanism.directory(self.mechanism.current_log(self.member.ordinal))

    def by_root(self, root: SigningKey) -> DirectorySigner:
        """The member's root as signer."""
        return DirectorySigner.root(self.mechanism.digest, self.member.code, root)

    def by_registrar(self, secret: str) -> DirectorySigner:
        """The member's registrar as signer; the first time, root has it recorded."""
        key = founding.read_signing_key(founding.registrar_key_file(self.home), secret, founding.REGISTRAR)
        if all(one.kid != key.verify_key.kid for one in self.directory.registrars()):
            root = founding.read_signing_key(founding.root_key_file(self.home), secret, "root")
            grant = RegistrarGrant(founding.REGISTRAR, key.verify_key.raw)
            self.client.submit(*self.signed(grant, self.by_root(root)))
        return DirectorySigner(self.mechanism.digest, self.member.code, founding.REGISTRAR, key)

    def signed(self, content: DirectoryContent, signer: DirectorySigner) -> tuple[bytes, bytes]:
        """A directory statement and its content, its fields checked as every node will check them.

        Raises:
            BadInput: a field breaks its rule.
        """
        decode_fields(content.KIND, encode_fields(content))
        return founding.directory_statement(
            content, signer, now=datetime.now(UTC), random=random_bytes, binding=self.directory.binding
        )


def folded(home: Home) -> Mechanism:
    """The mechanism with all directories as the node holds them durably."""
    mechanism = Mechanism.of(home.load_charter())
    with durable_record(home) as store:
        fold_directories(store, mechanism)
    return mechanism
