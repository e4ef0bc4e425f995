"""The text of Kafka's two configuration files: one node, loopback only, small. Pure: no files, no environment.

Every path in them is relative to the data folder, which is the broker's working directory. So the folder may be
called anything and may be moved, and nothing of its name needs escaping.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.errors import UserError

HOST = "127.0.0.1"
NODE_ID = 1
TOPICS = "topics"
"""Where Kafka keeps its logs, inside the data folder."""
LOG = "log/broker.log"
"""The broker's own log, inside the data folder."""
CLIENT = "CLIENT"
CONTROLLER = "CONTROLLER"

MIB = 1024 * 1024

OWNED = frozenset(
    {
        "process.roles",
        "node.id",
        "broker.id",
        "controller.quorum.voters",
        "controller.quorum.bootstrap.servers",
        "controller.listener.names",
        "listeners",
        "advertised.listeners",
        "log.dir",
        "log.dirs",
        "metadata.log.dir",
    }
)
"""Properties that cannot be given by the caller: starting, stopping and finding the broker depend on them."""


def server_properties(port: int, controller_port: int, extra: Mapping[str, str] | None = None) -> str:
    """The text of server.properties.

    The listener of the clients is called CLIENT, so `extra` turns on TLS or SASL with
    `listener.security.protocol.map` and keys under `listener.name.client.`; it may override anything else as well.
    Raises UserError for a key in OWNED and for a key or value that is not one line.
    """
    properties = {
        "process.roles": "broker,controller",
        "node.id": str(NODE_ID),
        "controller.quorum.voters": f"{NODE_ID}@{HOST}:{controller_port}",
        "controller.listener.names": CONTROLLER,
        "listeners": f"{CLIENT}://{HOST}:{port},{CONTROLLER}://{HOST}:{controller_port}",
        "advertised.listeners": f"{CLIENT}://{HOST}:{port}",
        "listener.security.protocol.map": f"{CLIENT}:PLAINTEXT,{CONTROLLER}:PLAINTEXT",
        "inter.broker.listener.name": CLIENT,
        "log.dirs": TOPICS,
        # One node holds one copy of everything.
        "default.replication.factor": "1",
        "min.insync.replicas": "1",
        "offsets.topic.num.partitions": "1",
        "offsets.topic.replication.factor": "1",
        "transaction.state.log.num.partitions": "1",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "share.coordinator.state.topic.num.partitions": "1",
        "share.coordinator.state.topic.replication.factor": "1",
        "share.coordinator.state.topic.min.isr": "1",
        # Topics come from the table of topics, with their own settings; a misspelt name must fail.
        "auto.create.topics.enable": "false",
        # A lone consumer need not wait for others to join.
        "group.initial.rebalance.delay.ms": "0",
        # A killed broker's registration stands in the way of the next start until its session has run out (Kafka: 9 s).
        "broker.session.timeout.ms": "3000",
        "broker.heartbeat.interval.ms": "500",
        # Kafka's defaults are for machines with many cores and gigabytes of heap.
        "num.network.threads": "2",
        "num.io.threads": "4",
        "log.cleaner.dedupe.buffer.size": str(16 * MIB),
        "socket.request.max.bytes": str(32 * MIB),
        "max.connections": "512",
    }
    for key, value in (extra or {}).items():
        if key in OWNED:
            raise UserError(f"The broker property {key} is set by the embedded broker and cannot be given.")
        if not key.strip() or any(c in part for part in (key, value) for c in "\r\n\0"):
            raise UserError(f"The broker property {key!r} is empty or is not one line.")
        properties[key] = value
    return "".join(f"{_escape(key, key=True)}={_escape(value)}\n" for key, value in properties.items())


def log4j2_properties(megabytes: int = 10, files: int = 3) -> str:
    """The text of log4j2.properties: one rolling file of `megabytes`, `files` old ones, nothing on the console."""
    directory, name = LOG.rsplit("/", 1)
    stem, suffix = name.rsplit(".", 1)
    lines = [
        "status = error",
        "shutdownHook = disable",
        "appender.file.type = RollingFile",
        "appender.file.name = file",
        f"appender.file.fileName = {LOG}",
        f"appender.file.filePattern = {directory}/{stem}.%i.{suffix}",
        "appender.file.layout.type = PatternLayout",
        "appender.file.layout.pattern = %d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5p %c{1} %m%n",
        "appender.file.policies.type = Policies",
        "appender.file.policies.size.type = SizeBasedTriggeringPolicy",
        f"appender.file.policies.size.size = {megabytes}MB",
        "appender.file.strategy.type = DefaultRolloverStrategy",
        f"appender.file.strategy.max = {files}",
        "rootLogger.level = info",
        "rootLogger.appenderRef.file.ref = file",
    ]
    # Prints every one of some hundreds of settings, several times at each start.
    lines += ["logger.config.name = org.apache.kafka.common.config.AbstractConfig", "logger.config.level = warn"]
    return "\n".join(lines) + "\n"


def _escape(text: str, *, key: bool = False) -> str:
    """One key or value as java.util.Properties reads it back: printable ASCII, and escapes for all else."""
    out = []
    for i, char in enumerate(text):
        if char == "\\" or (key and char in ":= #!") or (i == 0 and char in " #!"):
            out.append("\\" + char)
        elif char == "\t":
            out.append("\\t")
        elif " " <= char <= "~":
            out.append(char)
        else:
            units = char.encode("utf-16-be")
            out += [f"\\u{units[n] << 8 | units[n + 1]:04x}" for n in range(0, len(units), 2)]
    return "".join(out)
