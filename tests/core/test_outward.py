"""Requests to addresses that others named: where they go, where they never go, and how they end."""

import socket
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from threading import Event

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core import outward
from core.outward import NotAnswered, Refused, post, target
from tests.receiver import receiving, status

PRIVATE = """
127.0.0.1 127.8.8.8 0.0.0.0 10.0.0.1 172.16.3.4 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1 239.255.255.250
240.0.0.1 255.255.255.255 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 192.88.99.1 192.0.0.8
:: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1
2002:7f00:1:: 2001:0:7f00:1:: 2001:db8::1 fc00::1 fd12::1 fe80::1 fec0::1 ff02::1 100::1 3fff::1 5f00::1
""".split()
PUBLIC = "8.8.8.8 93.184.216.34 2606:4700:4700::1111 2a00:1450:4001:81b::200e".split()


@pytest.fixture
def receiver(settings):
    settings.OUTWARD_LOOPBACK = True
    with receiving() as one:
        yield one


def bracketed(address):
    return f"[{address}]" if ":" in address else address


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_refused_by_number_and_by_name(address, monkeypatch):
    with pytest.raises(Refused):
        target(f"https://{bracketed(address)}/hook")
    resolves(monkeypatch, address)
    with pytest.raises(Refused):
        post("https://hook.example.kz/", b"", {})


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_is_taken(address):
    outward._judge(ip_address(address))
    assert target(f"https://{bracketed(address)}/hook").host == address


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.0x1", "017700000001",
        "1.2.3", "1.2.3.4.5", "example", "example.", "example.kz.", "-a.kz", "a_b.kz", "a..kz", "", "[::1", "[v1.a]",
        "127.0.0.1.", "①②⑦.⓪.⓪.①", "[fe80::1%25eth0]",
    ],
)  # fmt: skip
def test_spellings_of_numbers_and_names_that_are_none_are_refused(host):
    with pytest.raises(Refused):
        target(f"https://{host}/hook")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.kz/", "ftp://example.kz/", "//example.kz/", "example.kz", "", "https:///hook",
        "https:example.kz",
        "https://user:pass@example.kz/", "https://user@example.kz/", "https://@example.kz/", "https://example.kz/#a",
        "https://example.kz/#", "https://example.kz:80/", "https://example.kz:22/", "https://example.kz:99999/",
        "https://example.kz:x/", "https://example.kz\\@127.0.0.1/", "https://example.kz/a b",
        "https://example.kz/\r\nX: y",
        "https://мысал.қаз/", "https://example.kz/" + "a" * 500, "javascript:alert(1)", "file:///etc/passwd",
        "gopher://example.kz/",
    ],
)  # fmt: skip
def test_addresses_that_are_no_plain_https_are_refused(url):
    with pytest.raises(Refused) as refusal:
        target(url)
    assert str(refusal.value)


def test_the_parts_of_an_address():
    assert target("https://Hook.Example.KZ:8443/a/b?c=d") == ("https", "hook.example.kz", 8443, "/a/b?c=d")
    assert target("https://example.kz").named == "example.kz"
    assert target("https://[2606:4700:4700::1111]:8443/").named == "[2606:4700:4700::1111]:8443"


def test_this_machine_is_called_only_where_the_setting_says_so(settings):
    with receiving() as one:
        with pytest.raises(Refused):
            post(one.url, b"{}", {})
        settings.OUTWARD_LOOPBACK = True
        assert post(one.url, b"{}", {}).status == 204
    with pytest.raises(Refused):
        post("http://10.0.0.1/", b"{}", {})  # and no other
    with pytest.raises(Refused):
        post("http://example.kz/", b"{}", {})


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    resolves(monkeypatch, "8.8.8.8", "127.0.0.1")

    with pytest.raises(Refused):
        post("https://hook.example.kz/", b"", {})


def test_a_name_is_looked_up_once_and_the_judged_address_is_the_one_called(monkeypatch):
    asked, called = [], []

    def rebinds(host, *args, **kwargs):
        asked.append(host)
        return found("8.8.8.8" if len(asked) == 1 else "127.0.0.1")

    def connects(address, timeout):
        called.append(address)
        raise ConnectionRefusedError(111, "refused")

    monkeypatch.setattr(socket, "getaddrinfo", rebinds)
    monkeypatch.setattr(socket, "create_connection", connects)

    with pytest.raises(ConnectionRefusedError):
        post("https://hook.example.kz/", b"", {})
    assert (asked, called) == (["hook.example.kz"], [("8.8.8.8", 443)])


def found(*addresses):
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]


def resolves(monkeypatch, *addresses):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found(*addresses))


def test_a_name_that_leads_nowhere_says_so(monkeypatch):
    def fails(*args, **kwargs):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fails)

    with pytest.raises(NotAnswered, match="Name or service not known"):
        post("https://hook.example.kz/", b"", {})


def test_what_is_sent_and_what_is_heard(receiver):
    receiver.answers = status(418, "шәйнек".encode())

    answer = post(
        receiver.url + "?a=b", "Алатау".encode(), {"Content-Type": "application/json", "webhook-id": "1"}
    )

    assert answer == (418, "шәйнек")
    (got,) = receiver.got
    assert (got.path, got.body.decode()) == ("/hook?a=b", "Алатау")
    assert got.headers["webhook-id"] == "1"
    assert got.headers["Host"] == target(receiver.url).named


def test_a_redirect_is_an_answer_and_is_not_followed(receiver):
    receiver.answers = status(302, Location=receiver.url + "/elsewhere")

    assert post(receiver.url, b"{}", {}).status == 302
    assert len(receiver.got) == 1


def test_no_proxy_is_asked(receiver, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    assert post(receiver.url, b"{}", {}).status == 204


@pytest.mark.parametrize(
    "trickle", [b"", b"HTTP/1.1 200 OK\r\nX-A: ", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"]
)
def test_an_answer_that_trickles_is_cut_off_by_the_clock(receiver, monkeypatch, trickle):
    monkeypatch.setattr(outward, "TOTAL", 0.4)

    def drip(handler):
        handler.wfile.write(trickle)
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            handler.server.slept.wait(0.02)

    receiver.answers = drip
    receiver.server.slept = Event()

    with pytest.raises(TimeoutError):
        post(receiver.url, b"{}", {})


def test_a_huge_answer_is_not_read_to_its_end(receiver, monkeypatch):
    sent = []

    def flood(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(1000):
            handler.wfile.write(b"x" * 65536)
            sent.append(1)

    receiver.answers = flood

    assert post(receiver.url, b"{}", {}) == (200, "x" * outward.KEPT)
    assert len(sent) < 1000


def test_endless_headers_are_no_answer(receiver):
    def flood(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 60000 + b"\r\nY: " + b"y" * 90000)

    receiver.answers = flood

    with pytest.raises(NotAnswered):
        post(receiver.url, b"{}", {})


@pytest.mark.parametrize("said", [b"SSH-2.0-OpenSSH\r\n", b"", b"HTTP/1.1 abc\r\n\r\n"])
def test_what_is_no_http_is_no_answer(receiver, said):
    receiver.answers = lambda handler: handler.wfile.write(said)

    with pytest.raises(OSError, match=r".+"):
        post(receiver.url, b"{}", {})


@pytest.fixture
def secured(tmp_path, settings, monkeypatch):
    """A receiver with a certificate for localhost, by an authority that is trusted here."""
    settings.OUTWARD_LOOPBACK = True
    key, certificate = issued("localhost")
    pair = tmp_path / "pair.pem"
    pair.write_bytes(certificate + key)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    (tmp_path / "trusted.pem").write_bytes(certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    with receiving() as one:
        one.server.socket = context.wrap_socket(one.server.socket, server_side=True)
        one.port = one.server.server_port
        yield one


def issued(name):
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    return (
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain),
        builder.sign(key, hashes.SHA256()).public_bytes(pem),
    )


def test_the_certificate_is_that_of_the_name_and_not_of_the_address(secured):
    assert post(f"https://localhost:{secured.port}/hook", b"{}", {}).status == 204
    with pytest.raises(ssl.SSLCertVerificationError):
        post(f"https://127.0.0.1:{secured.port}/hook", b"{}", {})


def test_an_authority_that_nobody_trusts_is_refused(secured, monkeypatch, tmp_path):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))

    with pytest.raises(ssl.SSLCertVerificationError):
        post(f"https://localhost:{secured.port}/hook", b"{}", {})
    assert not secured.got
