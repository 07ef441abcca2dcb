"""A notice on paper: one HTML document, no script, nothing loaded from anywhere, in English, Arabic or Hebrew.

Who, what, where in degrees and MGRS, heights with their datum, times in UTC and by a local clock. The words around it are in the
reader's language; what was filed stands as it was filed, isolated. Numbers and references are left to right in either direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from typing import NamedTuple
from zoneinfo import ZoneInfo

from parley.api.style import STYLE
from parley.errors import BadInput
from parley.exchange import cap
from parley.geo.coordinates import Convention, write_position
from parley.geo.ellipsoid import Position
from parley.geo.heights import Height
from parley.geo.notice import Activity, Notice, Phase
from parley.geo.shapes import Circle, Corridor, Polygon
from parley.geo.volumes import Volume4D
from parley.procedure.words import Words, said, words

LANGUAGES = ("en", "ar", "he")
RIGHT_TO_LEFT = frozenset({"ar", "he"})
PRINT_STYLE = """
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.2rem;margin:.8rem 0}dt{color:var(--soft)}dd{margin:0}
.volume{border:1px solid var(--line);border-radius:.5rem;background:var(--card);padding:.4rem .9rem;margin-block:.7rem}
.n{unicode-bidi:isolate;direction:ltr;font-variant-numeric:tabular-nums;white-space:nowrap}
footer{max-inline-size:76rem;margin-inline:auto;padding:.5rem 1.25rem;color:var(--soft);font-size:.85rem;overflow-wrap:anywhere}
@page{margin:15mm}
@media print{body{background:#fff;color:#000;font-size:11pt}.volume,tr{break-inside:avoid}.sim{border:2pt solid #000;background:#fff;color:#000}}
""".strip()

TITLE = words("Notice", "إشعار", "הודעה")
VERSION = words("version", "الإصدار", "גרסה")
MEMBER = words("Whose", "لمن", "של מי")
ACTIVITY = words("What", "ماذا", "מה")
STANDS = words("Stands", "الوضع", "מצב")
FILED = words("Filed", "قُدم", "הוגשה")
UNIT = words("Title", "العنوان", "כותרת")
WORDS = words("In the words of who filed it", "بكلمات من قدمه", "בלשון המגיש")
BEHALF = words("On behalf of", "نيابة عن", "בשם")
VOLUME = words("Volume", "الحيز", "נפח")
FROM = words("From", "من", "מ־")
UNTIL = words("Until", "حتى", "עד")
FLOOR = words("Floor", "الحد الأدنى للارتفاع", "גובה תחתון")
CEILING = words("Ceiling", "الحد الأعلى للارتفاع", "גובה עליון")
GROUND = words("from the ground", "من سطح الأرض", "מפני הקרקע")
NO_LIMIT = words("no limit", "بلا حد", "ללא הגבלה")
CIRCLE = words("Circle around", "دائرة حول", "מעגל סביב")
POLYGON = words("Polygon of these corners", "مضلع رؤوسه", "מצולע שקודקודיו")
CORRIDOR = words("Corridor along these points", "ممر عبر النقاط", "מסדרון לאורך הנקודות")
RADIUS = words("Radius", "نصف القطر", "רדיוס")
WIDTH = words("Width", "العرض", "רוחב")
DEGREES = words("Degrees (WGS 84)", "بالدرجات (WGS 84)", "מעלות (WGS 84)")
GRID = words("MGRS", "MGRS", "MGRS")
LOCAL = words("local", "محلي", "מקומי")
PRINTED = words("Printed", "طُبع", "הודפס")
AT_NODE = words("from the record held by", "من السجل لدى", "מהרשומה שבידי")
NO_PERMIT = words(
    "A notice is no request and no permission; its absence changes nothing.",
    "الإشعار ليس طلباً ولا إذناً، وغيابه لا يغيّر شيئاً.",
    "הודעה אינה בקשה ואינה היתר; העדרה אינו משנה דבר.",
)
ACTIVITIES: dict[Activity, Words] = {
    Activity.AIR: words("Air activity", "نشاط جوي", "פעילות אווירית"),
    Activity.GROUND: words("Ground movement", "تحرك بري", "תנועה קרקעית"),
    Activity.SEA: words("Sea activity", "نشاط بحري", "פעילות ימית"),
    Activity.FIRE: words("Fire", "إطلاق النار", "ירי"),
    Activity.EXERCISE: words("Exercise", "تمرين", "תרגיל"),
    Activity.ENGINEERING: words("Engineering work", "أعمال هندسية", "עבודות הנדסה"),
    Activity.HUMANITARIAN: words("Humanitarian movement", "تحرك إنساني", "תנועה הומניטרית"),
    Activity.STOP: words("STOP", "قف", "עצור"),
    Activity.AVOID: words("Area to keep out of", "منطقة يجب تجنبها", "אזור שיש להימנע ממנו"),
    Activity.LIMITED: words("Limited-forces area", "منطقة محدودة القوات", "אזור דילול כוחות"),
    Activity.CORRIDOR: words("Corridor", "ممر", "מסדרון"),
    Activity.STANDSTILL: words("Standstill", "وقف للنشاط", "הקפאת פעילות"),
}
PHASES: dict[Phase, Words] = {
    Phase.PLANNED: words("planned", "مخطط", "מתוכננת"),
    Phase.ACTIVE: words("in progress or in force", "جارٍ أو سارٍ", "פעילה או בתוקף"),
    Phase.ENDED: words("over", "انتهى", "הסתיימה"),
    Phase.WITHDRAWN: words("withdrawn", "سُحب", "בוטלה"),
}


class Printing(NamedTuple):
    """On whose paper, when, and how.

    Attributes:
        banner: what opens everything in an exercise, else None.
        member_name: of who filed it, as the charter has it.
        behalf: the body on whose behalf it was filed, or None.
        statement: reference of the statement that says what it is now.
        node: code of the member whose record it is printed from; `mechanism`: digest in hex.
        zone: of the local clock; None: this machine's.
    """

    banner: str | None
    member_name: str
    behalf: str | None
    statement: str
    node: str
    mechanism: str
    printed_ms: int
    language: str
    zone: ZoneInfo | None


def notice_page(notice: Notice, printing: Printing) -> str:
    """The whole document."""
    language = printing.language
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    banner = f'<div class="sim" role="note">{escape(printing.banner)}</div>' if printing.banner else ""

    def w(label: Words) -> str:
        return escape(said(label, language))

    rows = [
        (w(MEMBER), f"{_n(notice.member)} · {_bdi(printing.member_name)}"),
        *([(w(BEHALF), _bdi(printing.behalf))] if printing.behalf else []),
        (w(ACTIVITY), w(ACTIVITIES[notice.activity])),
        (w(STANDS), w(PHASES[notice.phase])),
        (w(FILED), _times(notice.filed_ms, printing)),
        (w(UNIT), _bdi(notice.title)),
        *([(w(WORDS), _passage(notice))] if notice.text else []),
    ]
    volumes = "".join(_volume(number, one, printing) for number, one in enumerate(notice.volumes, 1))
    return (
        f'<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(notice.reference)} · {w(TITLE)}</title><style>{STYLE}{PRINT_STYLE}</style></head><body>{banner}"
        f"<header><h1>{w(TITLE)} {_n(notice.reference)}</h1>"
        f'<p class="soft">{w(VERSION)} {_n(str(notice.version))} · {_n(printing.statement)}</p></header>'
        f"<main><dl>{_rows(rows)}</dl>{volumes}<p>{w(NO_PERMIT)}</p></main>"
        f"<footer>{w(PRINTED)} {_n(_utc(printing.printed_ms))}, {w(AT_NODE)} {_n(printing.node)} · "
        f"<code>{escape(printing.mechanism)}</code></footer>{banner}</body></html>"
    )


def zone_of(name: str | None) -> ZoneInfo | None:
    """A time zone of the IANA database.

    Raises:
        BadInput: code ``notice.zone``.
    """
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        raise BadInput("notice.zone", "is no time zone known here", field="zone", rule="such as Asia/Nicosia") from None


def _volume(number: int, volume: Volume4D, printing: Printing) -> str:
    language = printing.language

    def w(label: Words) -> str:
        return escape(said(label, language))

    points: Sequence[Position]
    size: tuple[str, str] | None = None
    match volume.outline:
        case Circle(centre, radius_m):
            shape, points, size = CIRCLE, (centre,), (w(RADIUS), _n(f"{radius_m:,.0f} m"))
        case Polygon(corners):
            shape, points = POLYGON, corners
        case Corridor(line, width_m):
            shape, points, size = CORRIDOR, line, (w(WIDTH), _n(f"{width_m:,.0f} m"))
    rows = [
        *([size] if size else []),
        (w(FLOOR), _height(volume.altitude_lower, w(GROUND))),
        (w(CEILING), _height(volume.altitude_upper, w(NO_LIMIT))),
        (w(FROM), _times(volume.time_start_ms, printing)),
        (w(UNTIL), _times(volume.time_end_ms, printing)),
    ]
    return (
        f'<section class="volume"><h2>{w(VOLUME)} {_n(str(number))}</h2><p>{w(shape)}</p><div class="wide"><table><thead><tr>'
        f'<th scope="col">#</th><th scope="col">{w(DEGREES)}</th><th scope="col">{w(GRID)}</th></tr></thead>'
        f"<tbody>{''.join(_place(at, one) for at, one in enumerate(points, 1))}</tbody></table></div><dl>{_rows(rows)}</dl></section>"
    )


def _place(number: int, place: Position) -> str:
    try:
        grid = write_position(place, Convention.MGRS)
    except BadInput:
        grid = "—"
    return f"<tr><td>{number}</td><td>{_n(write_position(place, Convention.DEGREES))}</td><td>{_n(grid)}</td></tr>"


def _height(height: Height | None, without: str) -> str:
    return without if height is None else _n(f"{cap.said(height)} ({height.feet:,.0f} ft)")


def _times(unix_ms: int, printing: Printing) -> str:
    if printing.zone is not None and printing.zone.key == "UTC":
        return _n(_utc(unix_ms))
    local = datetime.fromtimestamp(unix_ms / 1000, printing.zone).astimezone(printing.zone)
    name = printing.zone.key if printing.zone is not None else f"UTC{local:%z}"
    return f"{_n(_utc(unix_ms))} · {_n(f'{local:%Y-%m-%d %H:%M} {name}')} ({escape(said(LOCAL, printing.language))})"


def _utc(unix_ms: int) -> str:
    return f"{datetime.fromtimestamp(unix_ms / 1000, UTC):%Y-%m-%d %H:%M} UTC"


def _passage(notice: Notice) -> str:
    return f'<p class="said" dir="auto" lang="{escape(notice.language)}">{escape(notice.text)}</p>'


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows)


def _n(text: str) -> str:
    return f'<bdi class="n" dir="ltr">{escape(text)}</bdi>'


def _bdi(text: str) -> str:
    return f'<bdi dir="auto">{escape(text)}</bdi>'
