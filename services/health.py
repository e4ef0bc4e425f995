"""The page of a service: ``/metrics``, ``/healthz`` and ``/readyz``, served from a thread of its own.

A thread, so that a service whose main loop is stuck still answers, and says so: the loop calls `Health.beat`, and
``/healthz`` fails when the last beat is too long ago.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import make_wsgi_app

from services.errors import SettingsError
from services.telemetry import Telemetry


class Health:
    """Whether a service lives and is ready. Its main loop beats; `waiting_for` says what it waits for.

    `kafka_away` goes before that: whatever else it waits for, first Kafka must be back.
    """

    def __init__(self, stuck_after: float = 120.0) -> None:
        """A loop that has not beaten for `stuck_after` seconds is stuck."""
        self._stuck_after = stuck_after
        self._last_beat = time.monotonic()
        self.waiting_for: str | None = "start"
        self.kafka_away = False

    def beat(self) -> None:
        """The main loop is alive."""
        self._last_beat = time.monotonic()

    def live(self) -> tuple[bool, str]:
        """Whether it lives, and a line that says so."""
        silent = time.monotonic() - self._last_beat
        if silent > self._stuck_after:
            return False, f"stuck: the main loop has not moved for {silent:.0f} s"
        return True, "ok"

    def ready(self) -> tuple[bool, str]:
        """Whether it takes work, and a line that says what it waits for if not."""
        alive, line = self.live()
        if not alive:
            return alive, line
        missing = "Kafka" if self.kafka_away else self.waiting_for
        return missing is None, f"waiting for {missing}" if missing else "ok"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    timeout = 10  # a client that says nothing does not hold its thread for ever

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: a scrape every few seconds is no news."""


@contextmanager
def serving(telemetry: Telemetry, health: Health, host: str, port: int, setting: str) -> Iterator[str]:
    """Serve the page while the block runs; yields its address, ``http://host:port``.

    Raises SettingsError naming `setting` where the address cannot be had.
    """
    metrics = make_wsgi_app(telemetry.registry)
    checks: dict[str, Callable[[], tuple[bool, str]]] = {"/healthz": health.live, "/readyz": health.ready}

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/metrics":
            body: Iterable[bytes] = metrics(environ, start_response)
            return body
        good, line = checks.get(path, lambda: (False, "here are /metrics, /healthz and /readyz"))()
        status = "200 OK" if good else "503 Service Unavailable" if path in checks else "404 Not Found"
        start_response(status, [("Content-Type", "text/plain; charset=utf-8")])
        return [f"{line}\n".encode()]

    try:
        server = make_server(host, port, app, _Server, _Quiet)
    except OSError as error:
        raise SettingsError(setting, f"{host}:{port} cannot be listened on: {error.strerror}; 0 takes any") from error
    thread = threading.Thread(target=server.serve_forever, name="health", daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
