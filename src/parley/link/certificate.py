"""TLS of the link: self-signed Ed25519 certificates, pinned on both sides, TLS 1.3 only, no outside authority.

Rules:

* a peer is accepted for one reason: its certificate is, byte for byte, one of those the members' root keys certify.
  Names, dates and chains decide nothing. Dates are not even looked at, since a node whose clock is a day off must
  still be able to speak; validity is a matter of the log, not of the clock;
* a certificate is no authority: CA is false, so it can vouch for no other;
* no session tickets (each connection proves the key anew, and a narrow line is spared the bytes), no compression;
* the private key is never plaintext on a disk. OpenSSL takes it only from a file: on Linux that file is a `memfd`,
  which exists in memory alone; elsewhere it is a 0600 file in the node's private folder, encrypted under a one-time
  passphrase that exists in memory alone, and deleted at once.
"""

from __future__ import annotations

import os
import ssl
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from parley.crypto.keys import SigningKey
from parley.errors import BadInput, LinkFault, Misconfigured

MAX_CERTIFICATE_BYTES = 2048
_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME, which Python's ssl does not name


def make_certificate(key: SigningKey, name: str, serial: int, not_before: datetime, not_after: datetime) -> bytes:
    """The self-signed certificate (DER) of a TLS key. Same inputs, same bytes.

    Args:
        name: common name, 1 to 64 characters; for people only.
        serial: positive, at most 159 bits.
        not_before, not_after: aware times, for tools that want some; the link ignores them.
    """
    private = Ed25519PrivateKey.from_private_bytes(key.seed)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(serial)
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    )
    return builder.sign(private, None).public_bytes(Encoding.DER)


def certificate_pem(der: bytes) -> bytes:
    """The PEM form of a certificate."""
    return ssl.DER_cert_to_PEM_cert(der).encode("ascii")


def private_key_pem(key: SigningKey) -> bytes:
    """The plaintext PKCS#8 PEM form of a TLS key; keep it in memory."""
    private = Ed25519PrivateKey.from_private_bytes(key.seed)
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def check_certificate(der: bytes) -> None:
    """Refuse what may not be pinned.

    Raises:
        BadInput: code ``certificate.malformed``, or ``certificate.form`` where it is not a self-signed Ed25519
            certificate without authority over others.
    """
    if len(der) > MAX_CERTIFICATE_BYTES:
        raise BadInput("certificate.malformed", f"{len(der)} bytes", rule=f"at most {MAX_CERTIFICATE_BYTES}")
    try:
        certificate = x509.load_der_x509_certificate(der)
        key = certificate.public_key()
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
        if not isinstance(key, Ed25519PublicKey) or constraints.ca:
            raise BadInput("certificate.form", "must be an Ed25519 certificate that is no authority")
        certificate.verify_directly_issued_by(certificate)
    except BadInput:
        raise
    except x509.ExtensionNotFound as error:
        raise BadInput("certificate.form", "does not say that it is no authority") from error
    except Exception as error:  # the X.509 parser raises many types on hostile input
        raise BadInput("certificate.malformed", "is not a self-signed X.509 certificate") from error


def server_context(
    own_cert_pem: bytes, own_key_pem: bytes, pinned: Iterable[bytes], private_dir: Path | None = None
) -> ssl.SSLContext:
    """TLS for lines that come in. `pinned` are DER certificates; `private_dir` is needed only where memfd is not.

    Raises:
        BadInput: a pinned certificate is not acceptable.
        Misconfigured: the own key and certificate do not fit, or there is nowhere to hand the key over.
    """
    context = _context(ssl.PROTOCOL_TLS_SERVER, own_cert_pem, own_key_pem, pinned, private_dir)
    context.num_tickets = 0
    return context


def client_context(
    own_cert_pem: bytes, own_key_pem: bytes, pinned: Iterable[bytes], private_dir: Path | None = None
) -> ssl.SSLContext:
    """TLS for lines that go out; as `server_context`."""
    return _context(ssl.PROTOCOL_TLS_CLIENT, own_cert_pem, own_key_pem, pinned, private_dir)


def peer_certificate(ssl_object: ssl.SSLObject | ssl.SSLSocket) -> bytes:
    """The peer's certificate (DER) after the handshake.

    Raises:
        LinkFault: there is none (code ``link.certificate``).
    """
    der = ssl_object.getpeercert(binary_form=True)
    if der is None:
        raise LinkFault("link.certificate", "the peer showed no certificate")
    return der


def _context(
    protocol: int, own_cert_pem: bytes, own_key_pem: bytes, pinned: Iterable[bytes], private_dir: Path | None
) -> ssl.SSLContext:
    context = ssl.SSLContext(protocol)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED
    # Without PARTIAL_CHAIN OpenSSL looks pinned certificates up by name, and one with another's name would hide it.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | ssl.VerifyFlags(_NO_CHECK_TIME)
    context.options |= ssl.OP_NO_COMPRESSION
    for der in pinned:
        check_certificate(der)
        context.load_verify_locations(cadata=der)
    try:
        _load_key(context, own_cert_pem, own_key_pem, private_dir)
    except (ssl.SSLError, ValueError) as error:
        raise Misconfigured("link.tls-key", "the TLS key and certificate of this node do not fit") from error
    return context


def _load_key(context: ssl.SSLContext, cert_pem: bytes, key_pem: bytes, private_dir: Path | None) -> None:
    if hasattr(os, "memfd_create") and os.path.isdir("/proc/self/fd"):
        with _memory_file(key_pem + cert_pem) as path:
            context.load_cert_chain(path)
        return
    if private_dir is None:
        raise Misconfigured("link.private-dir", "this system needs a private folder to hand the TLS key over")
    passphrase = os.urandom(32).hex()
    encrypted = _serialised(key_pem, BestAvailableEncryption(passphrase.encode("ascii")))
    with _private_file(encrypted + cert_pem, private_dir) as path:
        context.load_cert_chain(path, password=passphrase)


def _serialised(key_pem: bytes, encryption: KeySerializationEncryption) -> bytes:
    return load_pem_private_key(key_pem, None).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


@contextmanager
def _memory_file(data: bytes) -> Iterator[str]:
    fd = os.memfd_create("tls", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(fd), "wb") as file:
            file.write(data)
        yield f"/proc/self/fd/{fd}"
    finally:
        os.close(fd)


@contextmanager
def _private_file(data: bytes, folder: Path) -> Iterator[str]:
    fd, path = tempfile.mkstemp(dir=folder)  # 0600 from the start
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(data)
        yield path
    finally:
        os.unlink(path)
