from __future__ import annotations

import contextlib
import os
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from parley.errors import BadInput, LinkFault, Misconfigured
from parley.link import certificate as certificates
from parley.link.certificate import check_certificate, client_context, make_certificate, server_context
from parley.link.tls import TlsChannel
from tests.link.members import SINCE, UNTIL, Member, member

AAA, BBB, CCC = member(0), member(1), member(2)


def channel(own: Member, pinned: list[Member], *, server_side: bool) -> TlsChannel:
    identity = own.speaks_to(pinned)
    return TlsChannel(
        identity.server if server_side else identity.client, identity.pinned, server_side=server_side
    )  # fmt: skip


def shake(client: TlsChannel, server: TlsChannel) -> None:
    """Run the handshake in memory; the first fault is raised once the other side has been told of it."""
    client.start()
    for _ in range(6):
        there = client.output()
        if there:
            server.receive(there)
        back = server.output()
        if back:
            client.receive(back)


def test_pinned_peers_speak_tls_1_3_and_know_each_other_by_certificate() -> None:
    client, server = channel(AAA, [BBB, CCC], server_side=False), channel(BBB, [AAA, CCC], server_side=True)
    shake(client, server)
    assert client.certificate == BBB.certificate
    assert server.certificate == AAA.certificate
    assert server.receive(client.seal(b"one record")) == b"one record"
    assert client.receive(server.seal(b"back")) == b"back"


def test_what_is_sealed_at_once_is_one_record_and_is_counted() -> None:
    client, server = channel(AAA, [BBB], server_side=False), channel(BBB, [AAA], server_side=True)
    shake(client, server)
    before = client.wire_out
    record = client.seal(bytes(900))
    assert int.from_bytes(record[3:5], "big") + 5 == len(record) == 900 + 22
    assert client.wire_out - before == len(record)
    counted = server.wire_in
    server.receive(record)
    assert server.wire_in - counted == len(record)


def test_a_server_with_a_certificate_nobody_certified_is_refused() -> None:
    with pytest.raises(LinkFault) as caught:
        shake(channel(AAA, [BBB], server_side=False), channel(CCC, [AAA], server_side=True))
    assert caught.value.code == "link.tls"


def test_a_client_with_a_certificate_nobody_certified_is_refused() -> None:
    with pytest.raises(LinkFault) as caught:
        shake(channel(CCC, [BBB], server_side=False), channel(BBB, [AAA], server_side=True))
    assert caught.value.code == "link.tls"


def test_the_same_name_with_another_key_is_refused() -> None:
    with pytest.raises(LinkFault):
        shake(channel(AAA, [BBB], server_side=False), channel(member(1, seed=9), [AAA], server_side=True))


def test_both_certificates_of_a_key_change_are_accepted() -> None:
    renewed = member(1, seed=9)
    for shown in (BBB, renewed):
        client = channel(AAA, [BBB, renewed], server_side=False)
        shake(client, channel(shown, [AAA], server_side=True))
        assert client.certificate == shown.certificate


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_member_that_takes_anothers_certificate_name_keeps_nobody_out(order: tuple[int, int]) -> None:
    impostor = member(2, name="node 1")
    pinned = [(BBB, impostor)[at] for at in order]
    for shown in (BBB, impostor):
        client = channel(AAA, pinned, server_side=False)
        shake(client, channel(shown, [AAA], server_side=True))
        assert client.certificate == shown.certificate


def test_a_certificate_issued_by_a_pinned_member_for_another_key_is_refused() -> None:
    """A member's node key is no authority: it cannot let others in."""
    other = Ed25519PrivateKey.generate()
    issuer = x509.load_der_x509_certificate(BBB.certificate)
    forged = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")]))
        .issuer_name(issuer.subject)
        .public_key(other.public_key())
        .serial_number(77)
        .not_valid_before(SINCE)
        .not_valid_after(UNTIL)
        .sign(Ed25519PrivateKey.from_private_bytes(BBB.key.seed), None)
        .public_bytes(Encoding.DER)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    pem = certificates.certificate_pem(forged) + certificates.certificate_pem(BBB.certificate)
    key = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with certificates._memory_file(key + pem) as path:
        context.load_cert_chain(path)
    server = TlsChannel(context, [AAA.certificate], server_side=True)
    with pytest.raises(LinkFault):
        shake(channel(AAA, [BBB], server_side=False), server)


def test_a_peer_outside_the_pinned_set_is_refused_even_where_tls_let_it_pass() -> None:
    identity = AAA.speaks_to([BBB, CCC])
    client = TlsChannel(identity.client, frozenset({BBB.certificate}), server_side=False)
    with pytest.raises(LinkFault) as caught:
        shake(client, channel(CCC, [AAA], server_side=True))
    assert caught.value.code == "link.certificate"


def refused_by_server(context: ssl.SSLContext, server: TlsChannel) -> LinkFault:
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = context.wrap_bio(incoming, outgoing)
    for _ in range(4):
        with contextlib.suppress(ssl.SSLWantReadError):
            client.do_handshake()
        try:
            server.receive(outgoing.read())
        except LinkFault as fault:
            assert not server.established
            return fault
        incoming.write(server.output())
    raise AssertionError("the server let it pass")


def anyone(own: Member | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if own is not None:
        with certificates._memory_file(own.pems[1] + own.pems[0]) as path:
            context.load_cert_chain(path)
    return context


def test_tls_1_2_is_refused() -> None:
    context = anyone(AAA)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    fault = refused_by_server(context, channel(BBB, [AAA], server_side=True))
    assert "protocol" in fault.reason


def test_a_caller_without_a_certificate_is_refused() -> None:
    fault = refused_by_server(anyone(), channel(BBB, [AAA], server_side=True))
    assert fault.code == "link.tls"  # by TLS itself, with an alert, before anything else is looked at
    assert "certificate" in fault.reason


def test_plain_http_on_the_link_port_is_refused() -> None:
    server = channel(BBB, [AAA], server_side=True)
    with pytest.raises(LinkFault):
        server.receive(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")


def test_an_altered_record_is_refused() -> None:
    client, server = channel(AAA, [BBB], server_side=False), channel(BBB, [AAA], server_side=True)
    shake(client, server)
    record = bytearray(client.seal(b"entry"))
    record[-1] ^= 1
    with pytest.raises(LinkFault):
        server.receive(bytes(record))


def test_the_same_inputs_make_the_same_certificate() -> None:
    assert member(0).certificate == AAA.certificate
    assert len(AAA.certificate) < 400


def certificate_with(key: object, *, ca: bool | None, algorithm: object) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())  # type: ignore[attr-defined]
        .serial_number(1)
        .not_valid_before(SINCE)
        .not_valid_after(UNTIL)
    )
    if ca is not None:
        builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    return builder.sign(key, algorithm).public_bytes(Encoding.DER)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "der",
    [
        certificate_with(Ed25519PrivateKey.generate(), ca=True, algorithm=None),
        certificate_with(Ed25519PrivateKey.generate(), ca=None, algorithm=None),
        certificate_with(ec.generate_private_key(ec.SECP256R1()), ca=False, algorithm=SHA256()),
        AAA.certificate[:-1] + bytes([AAA.certificate[-1] ^ 1]),
        AAA.certificate[:-1],
        b"",
        bytes(5000),
    ],
)
def test_an_authority_another_key_type_or_garbage_is_never_pinned(der: bytes) -> None:
    with pytest.raises(BadInput, match=r"certificate\."):
        check_certificate(der)
    with pytest.raises(BadInput):
        server_context(*AAA.pems, [der])


def test_an_own_key_that_does_not_fit_its_certificate_is_said_so() -> None:
    with pytest.raises(Misconfigured):
        server_context(AAA.pems[0], BBB.pems[1], [])


def test_without_memfd_the_key_is_never_plaintext_on_disk_and_the_file_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, bytes]] = []
    load = ssl.SSLContext.load_cert_chain

    def spy(self: ssl.SSLContext, path: str, password: str | None = None) -> None:
        seen.append((os.stat(path).st_mode & 0o777, Path(path).read_bytes()))
        load(self, path, password=password)

    monkeypatch.delattr(os, "memfd_create")
    monkeypatch.setattr(ssl.SSLContext, "load_cert_chain", spy)
    client_context(*AAA.pems, [BBB.certificate], tmp_path)
    ((mode, text),) = seen
    assert mode == 0o600
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in text
    assert AAA.pems[1] not in text
    assert list(tmp_path.iterdir()) == []


def test_without_memfd_and_without_a_private_folder_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "memfd_create")
    with pytest.raises(Misconfigured) as caught:
        client_context(*AAA.pems, [BBB.certificate])
    assert caught.value.code == "link.private-dir"


def test_the_certificate_tool_takes_any_dates() -> None:
    der = make_certificate(AAA.key, "x", 1, SINCE, datetime(9999, 12, 31, tzinfo=UTC))
    check_certificate(der)
