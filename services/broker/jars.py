"""Which jars make up Kafka, and the folder they are kept in.

`kafka.lock` names every jar with its sha256. `install` fetches exactly these, through jgo; `verify` looks at all of
them before a broker starts on them. Nothing here chooses a version: see relock.py.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from services.errors import UserError

KAFKA_VERSION = "4.4.0"
INSTALL = "dateline broker install"
ATTEMPTS = 2

Progress = Callable[[str, int, int], None]
"""Called after each jar: its file name, how many are in place, how many there are."""


@dataclass(frozen=True)
class Jar:
    """One line of the lock: Maven's name of the artifact, the file's name and its sha256 in hex."""

    group: str
    artifact: str
    version: str
    file: str
    sha256: str

    @property
    def coordinate(self) -> str:
        """`group:artifact:version`."""
        return f"{self.group}:{self.artifact}:{self.version}"


def lock_path() -> Path:
    """Where the lock is: beside this file."""
    return Path(__file__).with_name("kafka.lock")


def parse_lock(text: str) -> list[Jar]:
    """The jars of a lock: one per line, `group:artifact:version file sha256`; `#` starts a comment line.

    Raises ValueError for a line of another form, a file name that leaves the folder, or a name given twice.
    """
    jars: list[Jar] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = re.fullmatch(r"([\w.-]+):([\w.-]+):([\w.-]+) ([\w-][\w.-]*\.jar) ([0-9a-f]{64})", line, re.ASCII)
        if match is None:
            raise ValueError(f"line {number} of the lock is not 'group:artifact:version file sha256': {line!r}")
        jar = Jar(*match.groups())
        if any(jar.file == other.file for other in jars):
            raise ValueError(f"line {number} of the lock names {jar.file} again")
        jars.append(jar)
    return jars


def locked() -> list[Jar]:
    """The jars of the committed lock."""
    return parse_lock(lock_path().read_text(encoding="ascii"))


def default_jar_dir() -> Path:
    """`dateline/kafka-VERSION` in $XDG_CACHE_HOME, or in ~/.cache where that is not set."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The specification of these folders says to ignore a relative path.
    root = Path(base) if Path(base).is_absolute() else Path.home() / ".cache"
    return root / "dateline" / f"kafka-{KAFKA_VERSION}"


def sha256(path: Path) -> str:
    """The sha256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verify(jar_dir: Path, jars: list[Jar] | None = None) -> list[Path]:
    """The paths of all jars (of the committed lock), in its order, after a look at each one's sha256.

    Raises UserError naming the first jar that is missing or differs, and how many more there are.
    """
    wanted = locked() if jars is None else jars
    faults = [fault for jar in wanted if (fault := _fault(jar_dir, jar))]
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise UserError(f"Kafka is not installed in {jar_dir}: {faults[0]}{more}. Run `{INSTALL}`.")
    return [jar_dir / jar.file for jar in wanted]


def install(
    jar_dir: Path, progress: Progress | None = None, repository: str | None = None, jars: list[Jar] | None = None
) -> list[Path]:
    """Put every jar of the lock into `jar_dir` and return their paths, as `verify` does.

    A jar that is there and right is kept, so an interrupted install goes on where it was; a file appears under its
    name only after its sha256 was found right. `repository` is the address of a Maven repository to use instead of
    Maven Central. Raises UserError when jgo is not installed, the folder cannot be written, another install is at
    work on it, a jar cannot be fetched, or what was fetched differs from the lock.
    """
    wanted = locked() if jars is None else jars
    try:
        jar_dir.mkdir(parents=True, exist_ok=True)
        with _alone(jar_dir):
            staging = jar_dir / ".download"
            for number, jar in enumerate(wanted, 1):
                if _fault(jar_dir, jar):
                    fetched = _fetch(jar, staging, repository)
                    fetched.replace(jar_dir / jar.file)
                if progress is not None:
                    progress(jar.file, number, len(wanted))
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise UserError(f"Kafka cannot be installed in {jar_dir}: {error.strerror}. Give another folder.") from error
    return verify(jar_dir, wanted)


def _fault(jar_dir: Path, jar: Jar) -> str:
    """What is wrong with one jar; empty when nothing is."""
    path = jar_dir / jar.file
    if not path.is_file():
        return f"{jar.file} is missing"
    return "" if sha256(path) == jar.sha256 else f"{jar.file} differs from the lock"


def _fetch(jar: Jar, staging: Path, repository: str | None) -> Path:
    """Download one jar through jgo into `staging`, which serves jgo as its repository cache."""
    try:
        from jgo.maven import MavenContext
    except ModuleNotFoundError as error:
        raise UserError("The embedded broker is not installed: pip install 'dateline[broker]'.") from error
    remotes = None if repository is None else {"central": repository.rstrip("/")}
    maven = MavenContext(repo_cache=staging, local_repos=[], remote_repos=remotes, timeout=30)
    artifact = maven.project(jar.group, jar.artifact).at_version(jar.version).artifact()
    for _ in range(ATTEMPTS):
        # jgo writes straight to its cache: what an interrupted download left there is half a jar.
        shutil.rmtree(staging / artifact.component.path_prefix, ignore_errors=True)
        try:
            path = Path(artifact.resolve())
        # jgo raises RuntimeError when no repository has it; what requests raises is an OSError.
        except (RuntimeError, OSError) as error:
            raise UserError(f"{jar.coordinate} cannot be fetched: {error}. Run `{INSTALL}` again.") from error
        if sha256(path) == jar.sha256:
            return path
    raise UserError(f"{jar.coordinate} as fetched differs from the lock: it was not installed. Do not use this mirror.")


@contextmanager
def _alone(jar_dir: Path) -> Iterator[None]:
    """Hold the folder's install lock; the kernel lets it go when the process ends, however it ends."""
    with (jar_dir / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UserError(f"Another install is at work in {jar_dir}: wait until it is done.") from error
        yield
