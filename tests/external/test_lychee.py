"""What servers answer, as docsite understands it; nothing but this machine is asked."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from docsite.external import lychee
from docsite.external.guard import guarding_proxy, is_public
from docsite.external.lychee import Answer, Kind, ask_lychee
from tests.external.servers import Server, running

ANSWERS = {
    "/page": ("alive", ""),
    "/page#here": ("alive", ""),
    "/page#gone": ("no-anchor", ""),
    "/p%C3%A9?a=1&b=%22": ("alive", ""),
    "/status/204": ("alive", ""),
    "/status/404": ("dead", ""),
    "/status/410": ("dead", ""),
    "/status/401": ("unknown", ""),
    "/status/403": ("unknown", ""),
    "/status/429": ("unknown", ""),
    "/status/500": ("unknown", ""),
    "/status/503": ("unknown", ""),
    "/moved": ("alive", "/page"),
    "/moved#here": ("alive", "/page#here"),
    "/moved-308": ("alive", "/page"),
    "/moved-twice": ("alive", "/page"),
    "/moved-then-for-now": ("alive", "/for-now"),
    "/for-now": ("alive", ""),
    "/loop": ("unknown", ""),
    "/to-private": ("unknown", ""),
    "/slow": ("unknown", ""),
    "/endless#here": ("unknown", ""),
}


def only_this_address(address: str) -> bool:
    return address == "127.0.0.1"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """lychee without its patience: these servers are near."""
    values = {"--timeout": "2", "--max-retries": "0", "--host-request-interval": "1ms"}
    options = list(lychee._OPTIONS)
    for name, value in values.items():
        options[options.index(name) + 1] = value
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lychee, "_OPTIONS", tuple(options))
        yield


@pytest.fixture(scope="module")
def answers(server: Server) -> dict[str, Answer]:
    """The answer to each path, all of them asked for in one run."""
    found = ask_lychee([server.url + path for path in ANSWERS], only_this_address)
    return {address.removeprefix(server.url): answer for address, answer in found.items()}


@pytest.mark.parametrize("path", ANSWERS)
def test_an_answer_is_understood(path: str, answers: dict[str, Answer], server: Server) -> None:
    kind, moved_to = ANSWERS[path]
    assert answers[path].kind == kind
    assert answers[path].moved_to.removeprefix(server.url) == moved_to
    assert bool(answers[path].reason) == (kind != "alive")


def test_a_redirect_never_reaches_a_private_address(answers: dict[str, Answer], server: Server) -> None:
    assert answers["/to-private"].reason == "a redirect leads to a host outside the public internet"
    assert not any("secret" in asked for asked in server.asked)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "[::1]", "169.254.169.254", "0.0.0.0"])
def test_a_private_host_is_not_asked(host: str, server: Server) -> None:
    before = len(server.asked)
    address = f"http://{host}:{server.server_port}/page"
    assert ask_lychee([address]) == {address: Answer(Kind.UNKNOWN, "the host is one outside the public internet")}
    assert len(server.asked) == before


def test_a_host_that_does_not_exist_is_dead(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve = socket.getaddrinfo

    def resolve_one(host: str, *others: Any, **options: Any) -> list[Any]:
        if host == "127.0.0.1":
            return resolve(host, *others, **options)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve_one)
    missing, there = "http://nosuch.docsite-test.net/", f"{server.url}/page"
    answers = ask_lychee([missing, there], only_this_address)
    assert answers == {missing: Answer(Kind.DEAD, "the host does not exist"), there: Answer(Kind.ALIVE)}
    assert ask_lychee([missing])[missing].kind is Kind.UNKNOWN, "there may be no network"


def test_broken_tls_is_unknown(server: Server) -> None:
    address = server.url.replace("http:", "https:") + "/page"
    assert ask_lychee([address], only_this_address)[address].kind is Kind.UNKNOWN


def test_many_requests_go_to_the_proxy_one_by_one(server: Server) -> None:
    paths = [f"{server.url}/many/{number}" for number in range(40)]
    answers = ask_lychee(paths, only_this_address)
    assert {answer.kind for answer in answers.values()} == {Kind.ALIVE}


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_public_addresses(address: str, *, public: bool) -> None:
    assert is_public(address) is public


def test_what_is_no_request_ends_the_connection() -> None:
    with guarding_proxy() as guard:
        port = int(guard.url.rpartition(":")[2])
        for request in (b"nonsense\r\n", b"\r\n", b"GET\r\n\r\n", b"CONNECT :x HTTP/1.1\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", port), 5) as connection:
                connection.sendall(request)
                assert connection.recv(100) in (
                    b"",
                    b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                )
