"""A federated pair of Matrix Synapse homeservers: what its users measure where ours measure a FLASH.

`make bench PEERS=1` installs Synapse from the package index into a virtual environment of its own below `.bench-peers/`
(about 250 MB, kept for the next run), makes a certificate authority and a certificate for loopback, and starts two
homeservers that federate over TLS with real certificate checks, each on SQLite as packaged. Alice on the first and Bob on
the second share an unencrypted room. *Latency*: from just before Alice's send call until Bob's long poll has the message.
*Burst*: 600 messages by eight senders as fast as they are taken; what Bob's server has a minute later counts.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bench.cell import free_port
from bench.place import bench_folder
from bench.telling import tell

VERSION = "1.163.2"
ENVIRONMENT = Path(__file__).resolve().parents[2] / ".bench-peers" / f"synapse-{VERSION}"
SECRET = "simulation"
START_LIMIT_S = 60.0
PACE_S = 0.1
SENDERS = 8
SETTLE_S = 60.0
TEXT = "SIMULATION. " + "x" * 88


@dataclass(frozen=True)
class Figures:
    """Milliseconds from send to arrival; how many of a burst had arrived a minute later, and seconds until the last did."""

    latencies_ms: list[float]
    burst_sent: int
    burst_arrived: int
    burst_s: float


def install() -> Path:
    """The Python of an environment that holds Synapse, made where it is absent."""
    python = ENVIRONMENT / "bin" / "python"
    if not (ENVIRONMENT / ".installed").exists():
        tell(f"installing matrix-synapse {VERSION} into {ENVIRONMENT.name} (once)")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
        subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"matrix-synapse=={VERSION}"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        (ENVIRONMENT / ".installed").touch()
    return python


def measure(messages: int = 100, burst: int = 600) -> Figures:
    """Run the pair and measure it."""
    python = install()
    with bench_folder() as folder, _pair(python, folder) as (a, b):
        alice, bob = a.register("alice"), b.register("bob")
        room = alice.call("POST", "/createRoom", {"preset": "private_chat", "invite": [bob.user]})["room_id"]
        bob.call("POST", f"/join/{urllib.parse.quote(room)}?server_name={a.name}", {})
        listener = _Listener(bob, room)
        listener.start()
        try:
            latencies = [_one(alice, room, listener, f"m{number}") for number in range(messages + 10)][10:]
            begin, sent = _burst([alice, *(a.register(f"s{n}") for n in range(SENDERS - 1))], room, burst)
            deadline = time.monotonic() + SETTLE_S
            while time.monotonic() < deadline and listener.burst < sent:
                time.sleep(0.5)
        finally:
            listener.stop()
        return Figures(latencies, sent, listener.burst, listener.last - begin)


def _one(alice: _User, room: str, listener: _Listener, name: str) -> float:
    time.sleep(PACE_S)
    begin = time.perf_counter()
    alice.send(room, name, f"{name} {TEXT}")
    return (listener.arrival(name) - begin) * 1000


def _burst(senders: list[_User], room: str, count: int) -> tuple[float, int]:
    first = senders[0]
    for one in senders[1:]:
        first.call("POST", f"/rooms/{urllib.parse.quote(room)}/invite", {"user_id": one.user})
        one.call("POST", f"/join/{urllib.parse.quote(room)}", {})
    sent: list[int] = []

    def send(one: _User, share: int, number: int) -> None:
        for at in range(share):
            one.send(room, f"b{number}-{at}", f"burst {TEXT}")
            sent.append(1)

    threads = [threading.Thread(target=send, args=(one, count // len(senders), n)) for n, one in enumerate(senders)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return begin, len(sent)


@dataclass(frozen=True)
class _User:
    base: str
    user: str
    token: str

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, timeout: float = 60.0) -> dict[str, Any]:
        return _request(method, f"{self.base}/_matrix/client/v3{path}", body, self.token, timeout)

    def send(self, room: str, name: str, text: str) -> None:
        path = f"/rooms/{urllib.parse.quote(room)}/send/m.room.message/{name}"
        self.call("PUT", path, {"msgtype": "m.text", "body": text})


class _Listener(threading.Thread):
    """Bob's long poll."""

    def __init__(self, bob: _User, room: str) -> None:
        super().__init__(daemon=True)
        self._bob = bob
        self._room = room
        self._came: dict[str, float] = {}
        self._changed = threading.Condition()
        self._stopped = False
        self.burst = 0
        self.last = 0.0

    def arrival(self, name: str) -> float:
        """When a message came."""
        with self._changed:
            if not self._changed.wait_for(lambda: name in self._came, timeout=30.0):
                raise TimeoutError(f"{name} did not arrive")
            return self._came[name]

    def stop(self) -> None:
        """Poll no more."""
        self._stopped = True

    def run(self) -> None:
        """Poll."""
        since = ""
        limits = urllib.parse.quote(json.dumps({"room": {"timeline": {"limit": 1000}}}))
        while not self._stopped:
            path = f"/sync?timeout=5000&filter={limits}" + (f"&since={since}" if since else "")
            try:
                answer = self._bob.call("GET", path)
            except (urllib.error.URLError, TimeoutError, OSError):
                continue
            now, since = time.perf_counter(), answer["next_batch"]
            events = answer.get("rooms", {}).get("join", {}).get(self._room, {}).get("timeline", {}).get("events", [])
            with self._changed:
                for event in events:
                    body = str(event.get("content", {}).get("body", ""))
                    if body.startswith("burst "):
                        self.burst, self.last = self.burst + 1, now
                    self._came.setdefault(body.partition(" ")[0], now)
                self._changed.notify_all()


@dataclass(frozen=True)
class _Server:
    name: str
    base: str

    def register(self, user: str) -> _User:
        address = f"{self.base}/_synapse/admin/v1/register"
        nonce = _request("GET", address)["nonce"]
        mac = hmac.new(SECRET.encode(), "\0".join((nonce, user, "pw", "notadmin")).encode(), hashlib.sha1).hexdigest()
        said = _request(
            "POST", address, {"nonce": nonce, "username": user, "password": "pw", "admin": False, "mac": mac}
        )
        return _User(self.base, said["user_id"], said["access_token"])


@contextmanager
def _pair(python: Path, folder: Path) -> Iterator[tuple[_Server, _Server]]:
    _certificates(folder)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        servers = [_start(python, folder, name, processes) for name in ("a", "b")]
        for server in servers:
            _wait(server)
        yield servers[0], servers[1]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


def _start(python: Path, folder: Path, name: str, processes: list[subprocess.Popen[bytes]]) -> _Server:
    home = folder / name
    home.mkdir()
    federation, client = free_port(), free_port()
    server = f"localhost:{federation}"
    (home / "log.yaml").write_text(
        "version: 1\nhandlers: {file: {class: logging.FileHandler, filename: "
        + json.dumps(str(home / "log")) + "}}\nroot: {level: WARNING, handlers: [file]}\n"
    )  # fmt: skip
    generous = {"per_second": 10_000, "burst_count": 10_000}
    config = {
        "server_name": server, "pid_file": str(home / "pid"), "report_stats": False, "log_config": str(home / "log.yaml"),
        "listeners": [
            {"port": federation, "bind_addresses": ["127.0.0.1"], "type": "http", "tls": True,
             "resources": [{"names": ["federation"]}]},
            {"port": client, "bind_addresses": ["127.0.0.1"], "type": "http", "resources": [{"names": ["client"]}]},
        ],
        "tls_certificate_path": str(folder / "leaf.crt"), "tls_private_key_path": str(folder / "leaf.key"),
        "federation_custom_ca_list": [str(folder / "ca.crt")], "ip_range_blacklist": [], "federation_ip_range_blacklist": [],
        "trusted_key_servers": [], "suppress_key_server_warning": True, "presence": {"enabled": False},
        "url_preview_enabled": False, "filter_timeline_limit": -1, "registration_shared_secret": SECRET,
        "signing_key_path": str(home / "signing.key"), "media_store_path": str(home / "media"),
        "database": {"name": "sqlite3", "args": {"database": str(home / "homeserver.db")}},
        "rc_message": generous, "rc_joins": {"local": generous, "remote": generous}, "rc_registration": generous,
        "rc_invites": {"per_room": generous, "per_user": generous, "per_issuer": generous},
        "rc_federation": {"sleep_limit": 10_000, "reject_limit": 10_000, "concurrent": 100},
    }  # fmt: skip
    (home / "homeserver.yaml").write_text(json.dumps(config))
    command = [str(python), "-m", "synapse.app.homeserver", "-c", str(home / "homeserver.yaml")]
    subprocess.run(
        [*command, "--generate-keys"], check=True, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with (home / "out").open("wb") as output:
        processes.append(subprocess.Popen(command, cwd=home, stdout=output, stderr=output))
    return _Server(server, f"http://127.0.0.1:{client}")


def _wait(server: _Server) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while True:
        try:
            _request("GET", f"{server.base}/_matrix/client/versions")
            return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _request(
    method: str, address: str, body: dict[str, Any] | None = None, token: str | None = None, timeout: float = 60.0
) -> dict[str, Any]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(
        urllib.request.Request(address, data, headers, method=method), timeout=timeout
    ) as answer:
        said: dict[str, Any] = json.loads(answer.read())
        return said


def _certificates(folder: Path) -> None:
    """An authority and a certificate for loopback, good for a day."""
    begin = datetime.now(UTC) - timedelta(hours=1)

    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    def builder(subject: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder().subject_name(named(subject)).issuer_name(named("bench authority"))
        made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
        return made.not_valid_before(begin).not_valid_after(begin + timedelta(days=1))

    authority, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca = builder("bench authority", authority).add_extension(
        x509.BasicConstraints(ca=True, path_length=None), critical=True
    )
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    for path, certificate in (
        ("ca.crt", ca.sign(authority, hashes.SHA256())),
        ("leaf.crt", builder("localhost", leaf).add_extension(names, critical=False).sign(authority, hashes.SHA256())),
    ):
        (folder / path).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "leaf.key").write_bytes(
        leaf.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
