"""Ports on the loopback interface: picking free ones, and saying clearly which one is taken."""

from __future__ import annotations

import secrets
import socket

from services.broker.config import HOST
from services.errors import SettingsError, UserError

SETTING = "DATELINE_BROKER_PORT"
LOWEST, HIGHEST = 20_000, 32_000
"""Below the range that Linux takes outgoing connections from (32768 on).

A client that keeps trying to reach a stopped broker on a port of that range may be given the very port as its own
and connect to itself; then the broker cannot come back.
"""
TRIES = 200


def is_free(port: int) -> bool:
    """Whether a server could listen on `port` now. Raises PermissionError for a port this user may not have."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
        # As Kafka does: connections of an earlier broker that still linger do not count.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((HOST, port))
            server.listen(1)
        except PermissionError:
            raise
        except OSError:
            return False
    return True


def pick(*not_these: int) -> int:
    """A free port that is none of `not_these`. Raises UserError when a fair number of tries found none."""
    for _ in range(TRIES):
        port = LOWEST + secrets.randbelow(HIGHEST - LOWEST)
        if port not in not_these and is_free(port):
            return port
    raise UserError(f"No free port was found between {LOWEST} and {HIGHEST} on {HOST}.")


def claim(port: int, controller_port: int) -> tuple[int, int]:
    """The clients' and the controller's port, free and distinct; 0 means: pick one.

    Raises SettingsError (DATELINE_BROKER_PORT) when the clients' port cannot be had, UserError for the controller's.
    """
    if fault := _fault(port):
        raise SettingsError(SETTING, f"port {port} on {HOST} {fault}. Choose another one, or 0 for any that is free.")
    if controller_port and controller_port == port:
        raise UserError(f"The broker and its controller cannot share port {port}: give two, or 0 for either.")
    if fault := _fault(controller_port):
        raise UserError(f"The controller's port {controller_port} on {HOST} {fault}. Choose another one, or 0.")
    chosen = port or pick(controller_port)
    return chosen, controller_port or pick(chosen)


def _fault(port: int) -> str:
    """Why `port` cannot be had; empty when it can."""
    if port == 0:
        return ""
    if not 0 < port < 65_536:
        return "does not exist"
    try:
        return "" if is_free(port) else "is taken by another program"
    except PermissionError:
        return "is reserved for the system's administrator"
