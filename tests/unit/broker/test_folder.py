from __future__ import annotations

import re
from pathlib import Path

import pytest

from services.broker.folder import cluster_id, new_cluster_id, prepare, starting
from services.errors import UserError


def formatted(folder: Path, **changes: str) -> Path:
    fields = {"version": "1", "node.id": "1", "cluster.id": "AAAAAAAAAAAAAAAAAAAAAA"} | changes
    path = folder / "topics/meta.properties"
    path.parent.mkdir(parents=True)
    path.write_text("#\n" + "".join(f"{key}={value}\n" for key, value in fields.items()))
    return folder


def test_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    prepare(tmp_path / "new")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_folder_may_be_prepared_again(tmp_path: Path) -> None:
    prepare(tmp_path / "new")
    prepare(tmp_path / "new")
    assert (tmp_path / "new/tmp").is_dir()


def test_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    before = tmp_path.stat().st_mode
    with pytest.raises(UserError, match="not a broker's"):
        prepare(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    assert tmp_path.stat().st_mode == before


@pytest.mark.parametrize("path", ["/", "/data"])
def test_folder_too_near_the_root_is_refused(path: str) -> None:
    with pytest.raises(UserError, match="no place"):
        prepare(Path(path))


def test_folder_home_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(UserError, match="no place"):
        prepare(tmp_path)


def test_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match=r"cannot be written: .*DATELINE_DATA_DIR"):
        prepare(tmp_path / "file/data")


def test_folder_held_by_another_start_is_refused(tmp_path: Path) -> None:
    with starting(tmp_path), pytest.raises(UserError, match="right now"), starting(tmp_path):
        pytest.fail("held twice")


def test_folder_is_free_again_after_a_start(tmp_path: Path) -> None:
    with starting(tmp_path):
        pass
    with starting(tmp_path):
        assert (tmp_path / "start.lock").exists()


def test_folder_not_formatted_has_no_cluster(tmp_path: Path) -> None:
    assert cluster_id(tmp_path) is None


def test_folder_formatted_tells_its_cluster(tmp_path: Path) -> None:
    assert cluster_id(formatted(tmp_path)) == "AAAAAAAAAAAAAAAAAAAAAA"


@pytest.mark.parametrize("changes", [{"node.id": "7"}, {"version": "0"}, {"cluster.id": ""}])
def test_folder_of_another_cluster_is_refused(tmp_path: Path, changes: dict[str, str]) -> None:
    with pytest.raises(UserError, match="another Kafka cluster"):
        cluster_id(formatted(tmp_path, **changes))


def test_folder_new_cluster_ids_are_never_taken_for_an_option() -> None:
    # One in 64 would begin with a dash.
    assert all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]{21}", new_cluster_id()) for _ in range(2000))
