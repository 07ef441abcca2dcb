"""Which 32 bytes may become an Ed25519 public key.

OpenSSL takes any 32 bytes as a key and looks at the point only when verifying; small-order points and second
encodings of a point then pass. Under a small-order key one signature fits (nearly) every message, so that its holder
can deny what was signed; two encodings of one point are two key ids for one key. Both are refused when a key is
enrolled, by plain arithmetic on public data (RFC 8032 §5.1.3), where taking time that depends on the key is no harm:

1. *canonical*: y, the low 255 bits, is less than p = 2^255 - 19;
2. *a point*: x^2 = (y^2 - 1) / (d y^2 + 1) has a root mod p, and x = 0 has sign bit 0;
3. *not of small order*: the point is none of the eight of order 1, 2, 4 or 8. These are told by y alone, with either
   sign bit. `SMALL_ORDER_Y` lists the five values of y; the second encodings of these (y + p, which fits 255 bits
   only for y = 0 and 1; and x = 0 with sign bit 1) are named small-order as well, so that the person enrolling
   reads the graver of the two reasons.

Points that have a small-order part beside a prime-order one are left. To sign under one takes the private key, and what
such a signature says of its message is as firm; only libraries that multiply by the cofactor may judge it otherwise
than OpenSSL, whose judgement is the one that counts here.
"""

from __future__ import annotations

from parley.errors import BadInput

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P

_Y_OF_ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
SMALL_ORDER_Y = frozenset({0, 1, P - 1, _Y_OF_ORDER_8, P - _Y_OF_ORDER_8})

_SIGN = 1 << 255


def check_point(raw: bytes) -> None:
    """Refuse `raw`, 32 bytes, unless it is the one encoding of a point that is not of small order.

    Raises:
        BadInput: ``key.weak-point`` for a point of small order in any encoding, ``key.malformed`` for a second
            encoding of another point or for what is no point at all.
    """
    encoded = int.from_bytes(raw, "little")
    y = encoded & (_SIGN - 1)
    if y % P in SMALL_ORDER_Y:
        raise BadInput("key.weak-point", "is a point of small order", field="key", rule="make a new key")
    if y >= P:
        raise BadInput("key.malformed", "is a second encoding of its point", field="key", rule="RFC 8032 §5.1.3")
    if not _has_x(y):
        raise BadInput("key.malformed", "is not a point of the curve", field="key", rule="RFC 8032 §5.1.3")


def _has_x(y: int) -> bool:
    """Whether (y^2 - 1) / (d y^2 + 1) is a square, by Euler's criterion; d y^2 + 1 is never 0."""
    numerator, denominator = y * y - 1, D * y * y + 1
    # a/b is a square exactly where a*b is.
    return pow(numerator * denominator, (P - 1) // 2, P) in (0, 1)
