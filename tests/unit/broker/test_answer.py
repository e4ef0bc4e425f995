from __future__ import annotations

import socket

from services.broker.answer import answering_cluster
from services.broker.ports import pick


def test_answer_without_a_listener_is_empty() -> None:
    assert answering_cluster("127.0.0.1", pick(), {}) == ""


def test_answer_of_an_open_port_that_is_no_broker_is_empty() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        assert answering_cluster("127.0.0.1", server.getsockname()[1], {}) == ""
