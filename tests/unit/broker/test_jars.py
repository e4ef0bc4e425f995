from __future__ import annotations

import fcntl
import hashlib
import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from services.broker.jars import KAFKA_VERSION, Jar, default_jar_dir, install, lock_path, locked, parse_lock, verify
from services.broker.relock import ROOT, render
from services.errors import UserError


def jar(name: str, content: bytes) -> Jar:
    return Jar("org.example", name, "1.0", f"{name}-1.0.jar", hashlib.sha256(content).hexdigest())


JARS = [jar("first", b"one"), jar("second", b"two")]
CONTENT = {"first-1.0.jar": b"one", "second-1.0.jar": b"two"}


@pytest.fixture
def jar_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "jars"
    folder.mkdir()
    for name, content in CONTENT.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The folder behind `repository`."""
    folder = tmp_path / "repository"
    for wanted in JARS:
        path = folder / "org/example" / wanted.artifact / wanted.version / wanted.file
        path.parent.mkdir(parents=True)
        path.write_bytes(CONTENT[wanted.file])
    return folder


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, ARG002 - the base class names them
        return


@pytest.fixture
def repository(files: Path) -> Iterator[str]:
    """A Maven repository on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(files))) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_jars_lock_holds_kafka_in_the_version_the_code_names() -> None:
    assert ROOT in {jar.coordinate for jar in locked()}
    assert KAFKA_VERSION in ROOT


def test_jars_lock_gives_every_line_a_sha256() -> None:
    lines = [line for line in lock_path().read_text().splitlines() if not line.startswith("#")]
    assert len(lines) == len(locked()) > 40
    assert all(re.search(r" [0-9a-f]{64}$", line) for line in lines)


def test_jars_lock_names_no_host_and_no_path_of_a_machine() -> None:
    assert not re.search(r"://|/home|/root|/tmp|\.m2", lock_path().read_text())


def test_jars_lock_holds_a_logging_backend() -> None:
    assert "log4j-slf4j-impl" in {jar.artifact for jar in locked()}


def test_jars_lock_is_what_relock_writes_for_these_jars() -> None:
    assert render(locked()) == lock_path().read_text()


@pytest.mark.parametrize(
    "line",
    [
        "org.example:first:1.0 first-1.0.jar",
        "org.example:first first-1.0.jar " + "0" * 64,
        "org.example:first:1.0 ../first-1.0.jar " + "0" * 64,
        "org.example:first:1.0 first-1.0.jar " + "0" * 63,
        "org.example:first:1.0 first-1.0.jar " + "G" * 64,
    ],
)
def test_jars_lock_line_of_another_form_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="line 1"):
        parse_lock(line)


def test_jars_lock_naming_a_file_twice_is_refused() -> None:
    line = "org.example:first:1.0 first-1.0.jar " + "0" * 64
    with pytest.raises(ValueError, match="again"):
        parse_lock(f"{line}\n{line}")


def test_jars_verify_returns_the_paths_in_the_order_of_the_lock(jar_dir: Path) -> None:
    assert verify(jar_dir, JARS) == [jar_dir / "first-1.0.jar", jar_dir / "second-1.0.jar"]


def test_jars_verify_names_a_missing_jar_and_the_command_that_mends_it(jar_dir: Path) -> None:
    (jar_dir / "second-1.0.jar").unlink()
    with pytest.raises(UserError, match=r"second-1\.0\.jar is missing.*`dateline broker install`"):
        verify(jar_dir, JARS)


def test_jars_verify_names_a_tampered_jar(jar_dir: Path) -> None:
    (jar_dir / "first-1.0.jar").write_bytes(b"One")
    with pytest.raises(UserError, match=r"first-1\.0\.jar differs"):
        verify(jar_dir, JARS)


def test_jars_verify_counts_what_else_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"and 1 more"):
        verify(tmp_path, JARS)


def test_jars_install_fetches_what_the_lock_names(tmp_path: Path, repository: str) -> None:
    paths = install(tmp_path / "new", repository=repository, jars=JARS)
    assert {path.name: path.read_bytes() for path in paths} == CONTENT


def test_jars_install_reports_each_jar(tmp_path: Path, repository: str) -> None:
    seen: list[tuple[str, int, int]] = []
    install(tmp_path / "new", lambda *step: seen.append(step), repository, JARS)
    assert seen == [("first-1.0.jar", 1, 2), ("second-1.0.jar", 2, 2)]


def test_jars_install_mends_a_tampered_jar(jar_dir: Path, repository: str) -> None:
    (jar_dir / "first-1.0.jar").write_bytes(b"One")
    install(jar_dir, repository=repository, jars=JARS)
    assert (jar_dir / "first-1.0.jar").read_bytes() == b"one"


def test_jars_install_asks_for_nothing_when_all_is_there(jar_dir: Path) -> None:
    assert install(jar_dir, repository="http://127.0.0.1:1", jars=JARS)


def test_jars_install_goes_on_after_half_a_download(tmp_path: Path, repository: str) -> None:
    half = tmp_path / "new/.download/org/example/first/1.0/first-1.0.jar"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"o")
    install(tmp_path / "new", repository=repository, jars=JARS)
    assert (tmp_path / "new/first-1.0.jar").read_bytes() == b"one"


def test_jars_install_keeps_out_what_differs_from_the_lock(tmp_path: Path, files: Path, repository: str) -> None:
    (files / "org/example/second/1.0/second-1.0.jar").write_bytes(b"evil")
    with pytest.raises(UserError, match=r"org\.example:second:1\.0 as fetched differs"):
        install(tmp_path / "new", repository=repository, jars=JARS)
    assert not (tmp_path / "new/second-1.0.jar").exists()


def test_jars_install_names_a_jar_that_no_repository_has(tmp_path: Path, repository: str) -> None:
    with pytest.raises(UserError, match=r"org\.example:third:1\.0 cannot be fetched"):
        install(tmp_path / "new", repository=repository, jars=[jar("third", b"")])


def test_jars_install_explains_a_repository_that_does_not_answer(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be fetched"):
        install(tmp_path / "new", repository="http://127.0.0.1:1", jars=JARS)


def test_jars_install_explains_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be installed"):
        install(tmp_path / "file/jars", jars=JARS)


def test_jars_install_waits_for_no_other_install(jar_dir: Path) -> None:
    with (jar_dir / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(UserError, match="Another install"):
            install(jar_dir, jars=JARS)


def test_jars_default_folder_is_in_the_cache_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/cache")
    assert default_jar_dir() == Path("/cache/dateline") / f"kafka-{KAFKA_VERSION}"


@pytest.mark.parametrize("value", ["", "relative"])
def test_jars_default_folder_ignores_a_cache_that_is_no_absolute_path(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", value)
    monkeypatch.setenv("HOME", "/somebody")
    assert default_jar_dir() == Path("/somebody/.cache/dateline") / f"kafka-{KAFKA_VERSION}"
