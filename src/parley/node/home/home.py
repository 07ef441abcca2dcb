"""A node's directory: what lies where, and its settings.

node.toml               settings (see `Settings`)
charter.parley          the signed founding charter and amendments
node.card               this node's root-certified keys, to give to the others
keys/                   node.key; and, unless kept elsewhere, root.key, registrar.key
keys/officers/          officers' keys, as far as this machine keeps them
peers/CODE.card         the other members' cards
record.db               the record, unless `database` says otherwise
high-water              what this node may have signed; never part of a backup
cases.db                the case index; it can be made anew
private.db              what is this member's alone; it never leaves the node
continuity/             the continuity sheet of each hour (see `sheets.hourly`)
map/                    map packs that this member loaded; they never leave the node
api.token               what commands on this machine show the node
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from parley.charter.adoption import SignedCharter, decode_signed
from parley.errors import Misconfigured

SETTINGS_FILE = "node.toml"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_KNOWN = {"code", "listen", "api", "database", "session_idle_hours", "units", "peers", "notify", "continuity", "tak"}
SESSION_IDLE_HOURS = 12
MOST_IDLE_HOURS = 168
MAX_UNITS, MAX_ALIAS_CHARS = 200, 40
TAK_TRANSPORTS = ("udp", "tcp")
NOTIFY_STAGES = frozenset({"first", "alternates", "facilitator", "missed"})

CONTINUITY_LANGUAGES = frozenset({"en", "ar", "he"})
MOST_KEEP_HOURS = 24 * 366

Address = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Continuity:
    """How continuity sheets are made and kept.

    Attributes:
        every_hours: at every so many whole hours; 0: none but on demand.
        keep_hours: older ones are deleted.
        languages: of the sheets; none: those of the member, as the charter says.
    """

    every_hours: int = 1
    keep_hours: int = 72
    languages: tuple[str, ...] = ()


DEFAULT_CONTINUITY = Continuity()


@dataclass(frozen=True, slots=True)
class TakAddress:
    """Where TAK screens or a TAK server listen. `transport`: ``udp``, a datagram for each event, or ``tcp``, a stream of them."""

    host: str
    port: int
    transport: str = "udp"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an administrator sets.

    Attributes:
        code: this member's code.
        listen: host and port for the other nodes.
        api: host and port for this member's own officers and commands; a loopback address.
        database: path within the directory, or a database URL.
        session_idle_hours: how long an officer's sign-on lasts without a request.
        units: aliases of this member's own units, offered where something is passed on; the list leaves the node nowhere.
        peers: where to reach each other member.
        notify: Apprise addresses for each stage of a ring (see `notify`).
        notify_positions: Apprise addresses of the officer of each position.
        continuity: the continuity sheet of each hour.
        tak: where TAK screens are fed (see `tak`), once an officer has switched that on; None: nowhere.
    """

    code: str
    listen: Address
    api: Address
    database: str = "record.db"
    session_idle_hours: int = SESSION_IDLE_HOURS
    peers: dict[str, Address] = field(default_factory=dict)
    notify: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notify_positions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    continuity: Continuity = DEFAULT_CONTINUITY
    tak: TakAddress | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """A node's directory."""

    path: Path

    @property
    def settings_file(self) -> Path:
        """``node.toml``."""
        return self.path / SETTINGS_FILE

    @property
    def charter_file(self) -> Path:
        """The signed charter."""
        return self.path / "charter.parley"

    @property
    def card_file(self) -> Path:
        """This node's card."""
        return self.path / "node.card"

    @property
    def keys(self) -> Path:
        """Directory of key files."""
        return self.path / "keys"

    @property
    def node_key_file(self) -> Path:
        """The node's secrets."""
        return self.keys / "node.key"

    @property
    def high_water_file(self) -> Path:
        """The high-water file."""
        return self.path / "high-water"

    @property
    def case_index_file(self) -> Path:
        """The case index; it can be made anew."""
        return self.path / "cases.db"

    @property
    def search_index_file(self) -> Path:
        """The search index; it can be made anew."""
        return self.path / "search.db"

    @property
    def private_file(self) -> Path:
        """What is this member's alone."""
        return self.path / "private.db"

    @property
    def continuity_folder(self) -> Path:
        """The continuity sheets of the last hours."""
        return self.path / "continuity"

    @property
    def map_folder(self) -> Path:
        """Map packs of this member."""
        return self.path / "map"

    @property
    def token_file(self) -> Path:
        """The token of the API's local callers."""
        return self.path / "api.token"

    def peer_card_file(self, code: str) -> Path:
        """The card of another member."""
        return self.path / "peers" / f"{code}.card"

    def database(self, settings: Settings) -> str:
        """A database URL, or the path of the SQLite file."""
        return settings.database if "://" in settings.database else str(self.path / settings.database)

    def load_charter(self) -> SignedCharter:
        """Read the signed charter; nothing in it is verified yet.

        Raises:
            Misconfigured: it is not there.
            BadInput: it is no charter file.
        """
        try:
            return decode_signed(self.charter_file.read_bytes())
        except FileNotFoundError:
            raise Misconfigured(
                "charter.missing", f"{self.charter_file} is not there", rule="run `parley charter sign FILE` first"
            ) from None

    def settings(self) -> Settings:
        """Read ``node.toml``.

        Raises:
            Misconfigured: code ``settings.*``, naming the field.
        """
        try:
            return parse_settings(self.settings_file.read_text("utf-8"))
        except FileNotFoundError:
            raise Misconfigured(
                "settings.missing",
                f"{self.settings_file} is not there",
                rule="run `parley init` first, or name the directory by --home",
            ) from None


def parse_settings(text: str) -> Settings:
    """Settings from the text of ``node.toml``.

    Raises:
        Misconfigured: code ``settings.*``, naming the field.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured("settings.syntax", str(error), field=SETTINGS_FILE) from None
    for name in table.keys() - _KNOWN:
        raise Misconfigured(
            "settings.unknown", "is not a setting", field=name, rule=f"known are {', '.join(sorted(_KNOWN))}"
        )
    code = table.get("code")
    if not isinstance(code, str) or not code:
        raise Misconfigured("settings.code", "must be this member's code", field="code")
    database = table.get("database", "record.db")
    if not isinstance(database, str):
        raise Misconfigured("settings.database", "must be a path or a database URL", field="database")
    idle = table.get("session_idle_hours", SESSION_IDLE_HOURS)
    if type(idle) is not int or not 1 <= idle <= MOST_IDLE_HOURS:
        raise Misconfigured("settings.idle", "must be a number of hours", field="session_idle_hours",
                            rule=f"1 to {MOST_IDLE_HOURS}")  # fmt: skip
    peers = table.get("peers", {})
    if not isinstance(peers, dict):
        raise Misconfigured("settings.peers", 'must be a table of CODE = "host:port"', field="peers")
    return Settings(
        code, parse_address("listen", table.get("listen")), _own_machine(parse_address("api", table.get("api"))), database,
        idle, {name: parse_address(f"peers.{name}", value) for name, value in peers.items()}, *_notify(table.get("notify", {})),
        _units(table.get("units", [])), _continuity(table.get("continuity", {})), _tak(table.get("tak")),
    )  # fmt: skip


def format_settings(settings: Settings) -> str:
    """The text of ``node.toml`` for `settings`."""
    lines = [
        f'code = "{settings.code}"',
        f'listen = "{_text(settings.listen)}"  # for the other nodes',
        f'api = "{_text(settings.api)}"  # for this member\'s own officers, on this machine only',
        f'database = "{settings.database}"',
        f"session_idle_hours = {settings.session_idle_hours}",
        *([f"units = {json.dumps(list(settings.units), ensure_ascii=False)}"] if settings.units else []),
        "",
        "[peers]",
        *(f'{code} = "{_text(address)}"' for code, address in sorted(settings.peers.items())),
        *(["", "[notify]"] if settings.notify else []),
        *(f"{stage} = {json.dumps(list(own))}" for stage, own in settings.notify.items()),
        *(["", "[notify.positions]"] if settings.notify_positions else []),
        *(f"{json.dumps(position)} = {json.dumps(list(own))}" for position, own in settings.notify_positions.items()),
        *(
            ["", "[continuity]", *_continuity_lines(settings.continuity)]
            if settings.continuity != DEFAULT_CONTINUITY
            else []
        ),
        *_tak_text(settings.tak),
    ]
    return "\n".join(lines) + "\n"


def parse_address(name: str, value: object) -> Address:
    """``host:port`` or ``[IPv6]:port``.

    Raises:
        Misconfigured: code ``settings.address``, naming the field `name`.
    """
    host, colon, port = value.rpartition(":") if isinstance(value, str) else ("", "", "")
    if not colon or not host or not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
        raise Misconfigured("settings.address", 'must be "host:port"', field=name)
    return host.strip("[]"), int(port)


def _notify(table: object) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Addresses by stage, and by position."""
    if not isinstance(table, dict):
        raise Misconfigured("settings.notify", "must be a table of lists of addresses", field="notify")
    positions = table.get("positions", {})
    stages = {stage: addresses for stage, addresses in table.items() if stage != "positions"}
    for stage in stages:
        if stage not in NOTIFY_STAGES:
            rule = f"positions, or one of {', '.join(sorted(NOTIFY_STAGES))}"
            raise Misconfigured("settings.notify", "is no stage of a ring", field=f"notify.{stage}", rule=rule)
    if not isinstance(positions, dict):
        raise Misconfigured("settings.notify", "must be a table of lists of addresses", field="notify.positions")
    return _addresses("notify", stages), _addresses("notify.positions", positions)


def _addresses(field: str, table: dict[str, object]) -> dict[str, tuple[str, ...]]:
    for name, addresses in table.items():
        if not isinstance(addresses, list) or not all(isinstance(one, str) and "://" in one for one in addresses):
            raise Misconfigured("settings.notify", "must be a list of Apprise addresses", field=f"{field}.{name}")
    return {name: tuple(map(str, addresses)) for name, addresses in table.items() if isinstance(addresses, list)}


def _units(values: object) -> tuple[str, ...]:
    good = isinstance(values, list) and all(
        isinstance(one, str) and 0 < len(one.strip()) <= MAX_ALIAS_CHARS for one in values
    )
    if not isinstance(values, list) or not good or len(values) > MAX_UNITS or len(set(values)) != len(values):
        raise Misconfigured("settings.units", "must be a list of aliases, each once", field="units",
                            rule=f"at most {MAX_UNITS}, of 1 to {MAX_ALIAS_CHARS} characters")  # fmt: skip
    return tuple(values)


def _continuity(table: object) -> Continuity:
    if not isinstance(table, dict):
        raise Misconfigured("settings.continuity", "must be a table", field="continuity")
    given = {
        "every_hours": DEFAULT_CONTINUITY.every_hours,
        "keep_hours": DEFAULT_CONTINUITY.keep_hours,
        "languages": [],
        **table,
    }
    unknown = sorted(given.keys() - {"every_hours", "keep_hours", "languages"})
    if unknown:
        raise Misconfigured("settings.unknown", "is not a setting", field=f"continuity.{unknown[0]}")
    every, keep, languages = given["every_hours"], given["keep_hours"], given["languages"]
    if type(every) is not int or not 0 <= every <= 24:
        raise Misconfigured("settings.continuity", "must be a number of hours", field="continuity.every_hours", rule="0 to 24; 0: none")  # fmt: skip
    if type(keep) is not int or not 1 <= keep <= MOST_KEEP_HOURS:
        raise Misconfigured("settings.continuity", "must be a number of hours", field="continuity.keep_hours", rule=f"1 to {MOST_KEEP_HOURS}")  # fmt: skip
    if not isinstance(languages, list) or not CONTINUITY_LANGUAGES.issuperset(map(str, languages)):
        raise Misconfigured(
            "settings.continuity", "must be a list of languages", field="continuity.languages",
            rule=f"of {', '.join(sorted(CONTINUITY_LANGUAGES))}",
        )  # fmt: skip
    return Continuity(every, keep, tuple(dict.fromkeys(map(str, languages))))


def _continuity_lines(of: Continuity) -> list[str]:
    return [f"every_hours = {of.every_hours}", f"keep_hours = {of.keep_hours}", f"languages = {json.dumps(list(of.languages))}"]  # fmt: skip


def _tak(table: object) -> TakAddress | None:
    if table is None:
        return None
    if not isinstance(table, dict) or not table.keys() <= {"address", "transport"}:
        raise Misconfigured("settings.tak", "must be a table of address and transport", field="tak")
    transport = table.get("transport", "udp")
    if transport not in TAK_TRANSPORTS:
        raise Misconfigured(
            "settings.tak", "is no way to reach TAK", field="tak.transport", rule=f"one of {', '.join(TAK_TRANSPORTS)}"
        )
    return TakAddress(*parse_address("tak.address", table.get("address")), transport)


def _tak_text(tak: TakAddress | None) -> list[str]:
    if tak is None:
        return []
    return ["", "[tak]", f'address = "{_text((tak.host, tak.port))}"', f'transport = "{tak.transport}"']


def _own_machine(address: Address) -> Address:
    if address[0] not in LOOPBACK:
        raise Misconfigured(
            "settings.api", f"{address[0]} is not this machine: what goes over the API is not encrypted", field="api",
            rule=f"one of {', '.join(sorted(LOOPBACK))}",
        )  # fmt: skip
    return address


def _text(address: Address) -> str:
    host, port = address
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
