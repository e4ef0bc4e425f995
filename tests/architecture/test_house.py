"""What the house holds itself to, as far as a test can see it. The floors are import-linter's (`make lint`)."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from zipfile import ZipFile

import pytest

from services.subscribe import subscribe

ROOT = Path(__file__).parents[2]
CODE = sorted(path for folder in ("services", "schemas") for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_house_files_have_300_lines_at_most_and_say_what_they_know(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert text.startswith('"""')


def test_house_tests_have_300_lines_at_most() -> None:
    tests = (ROOT / "tests").rglob("*.py")
    assert [str(path) for path in tests if len(path.read_text(encoding="utf-8").splitlines()) > 300] == []


def test_house_has_no_drawers_for_whatever_is_left() -> None:
    assert [path for path in CODE if re.search(r"util|helper|manager|misc|common", path.name)] == []


def test_house_imports_nothing_heavy_for_the_command_line() -> None:
    heavy = ("spacy", "faust", "kafka", "sqlalchemy")
    code = f"import sys, services.cli.main; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_house_is_installed_under_its_own_name(tmp_path: Path) -> None:
    code = f"from hatchling.build import build_wheel; print(build_wheel({str(tmp_path)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    names = ZipFile(tmp_path / done.stdout.strip()).namelist()
    wanted = {
        "dateline/__init__.py",
        "services/__init__.py",
        "schemas/json/asyncapi.json",
        "services/broker/kafka.lock",
    }
    assert wanted - set(names) == set()
    assert [name for name in names if name.startswith("services/public")] == []


def test_house_exports_what_its_name_promises() -> None:
    dateline = import_module("dateline")
    assert [name for name in dateline.__all__ if not hasattr(dateline, name)] == []
    assert dateline.subscribe is subscribe


def test_house_lock_has_a_hash_for_every_package_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9][^ =]*==[^ ]+.*$(?:\n    --hash=sha256:[0-9a-f]{64}.*$)+", lock, re.MULTILINE)
    assert len(packages) == len(re.findall(r"^[a-z0-9][^ =]*==", lock, re.MULTILINE)) > 50
    assert "://" not in lock


def test_house_links_of_the_docs_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "seeds").glob("*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))]
    assert [(str(page), link) for page, link in links if not (page.parent / link).exists()] == []
    assert len(links) > 10
