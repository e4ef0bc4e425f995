from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.faults.proxy import Proxy, proxy
from tests.integration.pipelines import free_port


class Echo:
    """Sends back what it gets, and remembers it."""

    def __init__(self) -> None:
        self.got = b""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                while chunk := connection.recv(1024):
                    self.got += chunk
                    connection.sendall(chunk)
            except OSError:
                return

    def close(self) -> None:
        self._listening.close()


@pytest.fixture
def echo() -> Iterator[Echo]:
    made = Echo()
    yield made
    made.close()


@pytest.fixture
def network(echo: Echo) -> Iterator[Proxy]:
    with proxy(free_port(), echo.port) as made:
        yield made


@pytest.fixture
def client(network: Proxy) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", network.port), timeout=0.5) as made:
        made.sendall(b"one")
        assert made.recv(10) == b"one"
        yield made


def test_proxy_that_stalls_passes_nothing_until_it_is_fair(network: Proxy, client: socket.socket, echo: Echo) -> None:
    network.stall()
    client.sendall(b"two")
    with pytest.raises(TimeoutError):
        client.recv(10)
    assert echo.got == b"one"

    network.fair()

    assert client.recv(10) == b"two"


def test_proxy_cut_in_half_passes_requests_alone(network: Proxy, client: socket.socket, echo: Echo) -> None:
    network.cut_in_half()
    client.sendall(b"two")
    with pytest.raises(TimeoutError):
        client.recv(10)

    assert echo.got == b"onetwo"


def test_proxy_that_resets_tears_what_is_open_and_takes_new_connections(
    network: Proxy, client: socket.socket, echo: Echo
) -> None:
    network.reset()
    with pytest.raises(ConnectionResetError):
        client.recv(10)

    with socket.create_connection(("127.0.0.1", network.port), timeout=0.5) as again:
        again.sendall(b"two")
        assert again.recv(10) == b"two"


def test_proxy_that_refuses_tears_new_connections_too(network: Proxy, client: socket.socket) -> None:
    network.refuse()

    with suppress(ConnectionError), socket.create_connection(("127.0.0.1", network.port), timeout=2) as again:
        assert again.recv(10) == b""


def test_proxy_that_delays_passes_everything_later(network: Proxy, client: socket.socket) -> None:
    network.delay(0.1)
    before = time.monotonic()
    client.sendall(b"two")

    assert client.recv(10) == b"two"
    assert time.monotonic() - before >= 0.2
