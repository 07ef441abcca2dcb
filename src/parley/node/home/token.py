"""The local token: who can read it is an administrator of this node, or a program that one started.

32 random bytes, base64url, alone on the line of a file that its owner alone can read. Made at the node's first start;
whoever wants another deletes the file and starts the node again.
"""

from __future__ import annotations

import os
import re
import stat
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

from parley.errors import Misconfigured

TOKEN_BYTES = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.A)


def ensure_token(path: Path, random: Callable[[int], bytes]) -> str:
    """The token in the file at `path`, which is made where it is absent.

    Raises:
        Misconfigured: code ``token.open`` where others can read it; else as `read_token`.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise Misconfigured(
                "token.open", f"{path} can be read by others", field="api.token", rule="delete it and start the node again"
            ) from None  # fmt: skip
        return read_token(path)
    token = urlsafe_b64encode(random(TOKEN_BYTES)).rstrip(b"=")
    with os.fdopen(descriptor, "wb") as file:
        file.write(token + b"\n")
    return token.decode("ascii")


def read_token(path: Path) -> str:
    """The token in the file at `path`.

    Raises:
        Misconfigured: code ``token.missing`` or ``token.malformed``.
    """
    try:
        token = path.read_text("ascii", "replace").strip()
    except OSError as error:
        raise Misconfigured(
            "token.missing", f"{path} cannot be read: {error.strerror}", field="api.token", rule="start the node with `parley serve`"
        ) from None  # fmt: skip
    if not _TOKEN.fullmatch(token):
        raise Misconfigured(
            "token.malformed", f"{path} holds no token", field="api.token", rule="delete it and start the node again"
        )
    return token
