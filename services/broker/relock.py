"""Makes kafka.lock anew.

For developers, when Kafka's version moves:

    1. set KAFKA_VERSION in jars.py
    2. python -m services.broker.relock
    3. read the difference, run the tests, commit both files

Nothing else imports this. It trusts what the repository serves today; from then on the lock does not.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from services.broker.jars import KAFKA_VERSION, Jar, lock_path, sha256

ROOT = f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}"
LOGGING = ("org.apache.logging.log4j", "log4j-slf4j-impl")
HEADER = f"""\
# The jars of {ROOT}, each with its sha256. Written by services/broker/relock.py.
# Kafka names no logging backend; {LOGGING[1]} is added in the version of its log4j-core.
"""


def resolve(cache: Path) -> list[Jar]:
    """Kafka and all it needs at run time, downloaded into `cache` (laid out as a Maven repository)."""
    from jgo.maven import MavenContext

    maven = MavenContext(repo_cache=cache, local_repos=[], timeout=30)
    inputs, transitive = maven.resolver.resolve([maven.create_dependency(ROOT)])
    artifacts = [d.artifact for d in [*inputs, *transitive] if d.scope in (None, "compile", "runtime")]
    # Alone, not as a second root: jgo lets each root's POM manage versions, and log4j's would bring an older Kafka.
    log4j = next(a.version for a in artifacts if a.artifactId == "log4j-core")
    artifacts.append(maven.project(*LOGGING).at_version(log4j).artifact())
    return [Jar(a.groupId, a.artifactId, a.version, a.filename, sha256(a.resolve())) for a in artifacts]


def render(jars: list[Jar]) -> str:
    """The text of the lock, sorted, as jars.parse_lock reads it."""
    lines = sorted(f"{jar.coordinate} {jar.file} {jar.sha256}\n" for jar in jars)
    return HEADER + "".join(lines)


def main() -> None:
    """Write the lock."""
    with tempfile.TemporaryDirectory() as cache:
        text = render(resolve(Path(cache)))
    lock_path().write_text(text, encoding="ascii")
    sys.stdout.write(f"{lock_path().name}: {text.count('.jar ')} jars\n")


if __name__ == "__main__":
    main()
