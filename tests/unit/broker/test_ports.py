from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from services.broker.ports import HIGHEST, LOWEST, claim, is_free, pick
from services.errors import SettingsError, UserError


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield int(server.getsockname()[1])


def test_ports_a_port_with_a_listener_is_not_free(taken: int) -> None:
    assert not is_free(taken)


def test_ports_picked_are_outside_the_range_of_outgoing_connections() -> None:
    assert all(LOWEST <= pick() < HIGHEST for _ in range(20))


def test_ports_given_as_zero_are_picked_and_differ() -> None:
    port, controller = claim(0, 0)
    assert port != controller
    assert port
    assert controller


def test_ports_given_are_kept() -> None:
    port = pick()
    assert claim(port, 0)[0] == port


def test_ports_taken_is_explained_with_the_setting(taken: int) -> None:
    with pytest.raises(SettingsError, match=rf"DATELINE_BROKER_PORT: port {taken} .* is taken"):
        claim(taken, 0)


def test_ports_taken_for_the_controller_is_explained(taken: int) -> None:
    with pytest.raises(UserError, match=rf"controller's port {taken} .* is taken"):
        claim(0, taken)


def test_ports_shared_by_broker_and_controller_are_refused() -> None:
    port = pick()
    with pytest.raises(UserError, match="cannot share"):
        claim(port, port)


@pytest.mark.parametrize("port", [-1, 65_536])
def test_ports_out_of_range_are_refused(port: int) -> None:
    with pytest.raises(SettingsError, match="does not exist"):
        claim(port, 0)
