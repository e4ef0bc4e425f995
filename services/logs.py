"""How Dateline logs: structlog, JSON unless on a terminal, to standard error; libraries' logs the same way."""

from __future__ import annotations

import logging
import sys
from typing import Any, TextIO

import structlog

from services.outage import Outage


def configure(level: str, style: str, service: str, stream: TextIO | None = None) -> None:
    """Set up logging for the process. `style` is auto, json or console; auto is console on a terminal."""
    target = stream or sys.stderr

    def named(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        # Not as a context variable, of which the libraries' threads know nothing.
        event.setdefault("service", service)
        return event

    console = style == "console" or (style == "auto" and target.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        named,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    last: list[structlog.typing.Processor] = (
        [structlog.dev.ConsoleRenderer(colors=target.isatty())]
        if console
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
        )
    )
    # A broker that is away is told by us; kafka-python tells each of its tries, some eight a second. On the handler,
    # not the logger: services/connect.py reads these records to say why.
    handler.addFilter(lambda record: not record.name.startswith("kafka.net") or record.levelno >= logging.ERROR)
    handler.addFilter(Outage())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # The clients tell every connection and every poll; a problem they tell as a warning.
    for library in ("kafka", "aiokafka", "faust", "mode"):
        logging.getLogger(library).setLevel(max(logging.WARNING, logging.getLevelName(level)))
