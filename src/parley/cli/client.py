"""Talking to the running node, over its API on this machine, as who may read the token in its home."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from parley.crypto import cbor
from parley.errors import BadInput, LinkFault, Misconfigured, ParleyError, Refused, StorageFault
from parley.node.home.home import Address, Home
from parley.node.home.token import read_token
from parley.record.ids import StatementDigest, sha256

TIMEOUT_S = 30.0
PAGE_ENTRIES = 200
OPEN_PATHS = frozenset({"/healthz"})
_KINDS: dict[int, type[ParleyError]] = {400: BadInput, 500: Misconfigured, 502: LinkFault, 503: StorageFault}


class NodeClient:
    """One node's API at `address`; `token_file` holds its local token once it has been started."""

    def __init__(self, address: Address, token_file: Path) -> None:
        self._address = address
        self._token_file = token_file

    @classmethod
    def of(cls, home: Home) -> NodeClient:
        """The API of the node at `home`.

        Raises:
            Misconfigured: its settings are wrong.
        """
        return cls(home.settings().api, home.token_file)

    def submit(self, statement: bytes, content: bytes) -> str:
        """Have a statement recorded; its reference, once it is durable.

        Raises:
            ParleyError: it is refused, or the node does not answer.
        """
        body = cbor.encode([statement, content])
        return str(json.loads(self._call("POST", "/api/v1/statements", body))["reference"])

    def reopen(self, statement: bytes, content: bytes) -> tuple[str, StatementDigest]:
        """Freeze the node's log by its root's statement; where it stands, and what statements in the new log bind to."""
        body = cbor.encode([statement, content])
        said = json.loads(self._call("POST", "/api/v1/reopen", body))
        return str(said["reference"]), StatementDigest(sha256(statement))

    def status(self) -> dict[str, Any]:
        """The node's status."""
        return self._object("/api/v1/status")

    def view(self, path: str) -> dict[str, Any]:
        """Any view, by its path below the API's root."""
        return self._object(f"/api/v1/{path}")

    def octets(self, path: str) -> bytes:
        """What stands at a path below the API's root, whatever form it has."""
        return self._call("GET", f"/api/v1/{path}")

    def log(self, *, receipts: bool = False) -> Iterator[dict[str, Any]]:
        """Every entry held, in causal order, page by page."""
        path = f"/api/v1/log?limit={PAGE_ENTRIES}&receipts={'true' if receipts else 'false'}"
        page = self._object(path)
        yield from page["entries"]
        while page["next"] is not None:
            page = self._object(f"{path}&cursor={quote(page['next'])}")
            yield from page["entries"]

    def entry(self, reference: str) -> dict[str, Any]:
        """One entry."""
        return self._object(f"/api/v1/entries/{quote(reference)}")

    def case(self, reference: str) -> dict[str, Any]:
        """A case, with what was said in it, where it stands and what runs."""
        return self._object(f"/api/v1/cases/{quote(reference)}")

    def cases(self, desk: str) -> list[dict[str, Any]]:
        """The latest cases of a desk."""
        found: list[dict[str, Any]] = self._object(f"/api/v1/cases?desk={quote(desk)}")["cases"]
        return found

    def now(self) -> dict[str, Any]:
        """Every clock that runs, what rings here, and what is known of every other member."""
        return self._object("/api/v1/now")

    def proof(self, reference: str, *, with_content: bool = True) -> bytes:
        """The proof file of one statement."""
        return self._call("GET", f"/api/v1/proofs/{quote(reference)}?content={'true' if with_content else 'false'}")

    def continuity(self, language: str) -> bytes:
        """The continuity sheet as of now, as PDF."""
        return self._call("GET", f"/api/v1/continuity?language={quote(language)}")

    def drill(self, act: str, code: str) -> None:
        """Cut or restore a line, where the node allows it."""
        self._call("POST", f"/api/v1/drill/{act}/{quote(code)}")

    def invite(self, position: str, mandates: Sequence[str], language: str | None) -> dict[str, Any]:
        """Offer a position by a one-time link; the invitation with its token."""
        asked = {"position": position, "mandates": list(mandates), "language": language}
        made: dict[str, Any] = json.loads(self._call("POST", "/api/v1/invitations", asked))
        return made

    def invitation(self, id_: str) -> dict[str, Any]:
        """How far an invitation is."""
        return self._object(f"/api/v1/invitations/{quote(id_)}")

    def refuse_invitation(self, id_: str) -> None:
        """Call an invitation off."""
        self._call("POST", f"/api/v1/invitations/{quote(id_)}/refuse")

    def is_up(self) -> bool:
        """Whether the node answers and is well."""
        try:
            return self._call("GET", "/healthz") == b"ok"
        except ParleyError:
            return False

    def _object(self, path: str) -> dict[str, Any]:
        value = json.loads(self._call("GET", path))
        assert isinstance(value, dict), "every view is an object"
        return value

    def _call(self, method: str, path: str, body: bytes | dict[str, Any] | None = None) -> bytes:
        host, port = self._address
        headers = {} if path in OPEN_PATHS else {"Authorization": f"Bearer {self._token()}"}
        if body is not None:
            headers["Content-Type"] = "application/cbor" if isinstance(body, bytes) else "application/json"
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)
        try:
            connection.request(method, path, data, headers)
            response = connection.getresponse()
            answer = response.read()
        except TimeoutError:
            raise LinkFault(
                "node.no-answer", f"the node at {host}:{port} has not answered within {TIMEOUT_S:.0f} s",
                rule="what was sent may still be recorded: look with `parley status` and `parley log` before sending it again",
            ) from None  # fmt: skip
        except (OSError, http.client.HTTPException) as error:
            raise LinkFault(
                "node.unreachable", f"the node does not answer at {host}:{port}: {error}", rule="start it with `parley serve`",
            ) from None  # fmt: skip
        finally:
            connection.close()
        if response.status >= 400:
            raise _refusal(response.status, answer)
        return answer

    def _token(self) -> str:
        """The token; before the first start of the node there is none, and nobody to show it to."""
        host, port = self._address
        if not self._token_file.exists():
            raise LinkFault(
                "node.unreachable", f"the node has never run at {host}:{port}", rule="start it with `parley serve`"
            )
        return read_token(self._token_file)


def _refusal(status: int, data: bytes) -> ParleyError:
    kind = _KINDS.get(status, Refused)
    try:
        said = json.loads(data)
        return kind(said["code"], said["reason"], field=said.get("field"), rule=said.get("rule"))
    except (ValueError, KeyError, TypeError):
        return kind("node.answer", f"the node answered {status}")
