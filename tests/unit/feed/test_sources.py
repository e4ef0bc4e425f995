from __future__ import annotations

import gzip
import tracemalloc
from io import BytesIO
from pathlib import Path

import pytest

from services.feed.files import Format, find_files
from services.feed.sources import Record, Refusal, Sources, split_title


def read(*paths: Path | str, form: Format | None = None, **options: object) -> list[Record | Refusal]:
    settings = {"max_article_bytes": 1000} | options
    return list(Sources(find_files(paths, form), **settings))  # type: ignore[arg-type]


def values(*paths: Path | str, **options: object) -> list[object]:
    return [item.value for item in read(*paths, **options) if isinstance(item, Record)]  # type: ignore[arg-type]


def refusals(*paths: Path | str, **options: object) -> list[tuple[str, str]]:
    found = read(*paths, **options)  # type: ignore[arg-type]
    return [(Path(item.place).name, item.reason) for item in found if isinstance(item, Refusal)]


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.ndjson"])
def test_sources_json_lines_are_a_record_a_line(tmp_path: Path, name: str) -> None:
    found = read(written(tmp_path, name, '{"a": 1}\r\n\n   \n{"a": 2}'))
    assert found == [
        Record(f"{tmp_path / name}:1", {"a": 1}, str(tmp_path / name)),
        Record(f"{tmp_path / name}:4", {"a": 2}, str(tmp_path / name)),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}', [{"a": 1}]),
        ('[{"a": 1},\n {"a": 2}]', [{"a": 1}, {"a": 2}]),
        ('{"articles": [{"a": 1}, 3]}', [{"a": 1}, 3]),
        ('{"articles": "none"}', [{"articles": "none"}]),
        ("[]", []),
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.json.gz"])
def test_sources_json_holds_one_record_or_a_list(tmp_path: Path, name: str, text: str, expected: list[object]) -> None:
    assert values(written(tmp_path, name, text)) == expected


def test_sources_json_list_tells_which_article(tmp_path: Path) -> None:
    found = read(written(tmp_path, "a.json", "[1, 2]"))
    assert [Path(item.place).name for item in found] == ["a.json, article 1", "a.json, article 2"]


def test_sources_json_over_the_limit_is_refused_with_advice(tmp_path: Path) -> None:
    ((place, reason),) = refusals(written(tmp_path, "a.json", "[" + "1," * 100 + "1]"), whole_file_bytes=100)
    assert (place, "JSON Lines" in reason) == ("a.json", True)


def test_sources_text_is_one_article(tmp_path: Path) -> None:
    assert values(written(tmp_path, "a.txt", "Title\r\n\r\nOne\r\n\r\nTwo\r\n")) == [
        {"title": "Title", "body": "One\n\nTwo"}
    ]


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Title\n\nBody", "Title", "Body"),
        ("\n \nTitle \nstill the title's paragraph\n\nBody\n", "Title", "still the title's paragraph\n\nBody"),
        ("A single paragraph\nof two lines.\n", "", "A single paragraph\nof two lines."),
        ("# Not Markdown\n\nBody", "# Not Markdown", "Body"),
        (" \n", "", ""),
    ],
)
def test_sources_text_title_is_the_first_line_of_several_paragraphs(text: str, title: str, body: str) -> None:
    assert split_title(text) == {"title": title, "body": body}


def test_sources_markdown_title_loses_its_signs(tmp_path: Path) -> None:
    assert values(written(tmp_path, "a.md", "## Title\n\nBody")) == [{"title": "Title", "body": "Body"}]


def test_sources_standard_input_is_json_lines() -> None:
    assert read("-", stdin=BytesIO(b'{"a": 1}\n')) == [Record("<stdin>:1", {"a": 1}, "<stdin>")]


def test_sources_standard_input_may_be_a_text() -> None:
    assert values("-", form=Format.TEXT, stdin=BytesIO(b"T\n\nB")) == [{"title": "T", "body": "B"}]


def test_sources_standard_input_stays_open() -> None:
    stdin = BytesIO(b"{}\n")
    read("-", stdin=stdin)
    assert not stdin.closed


@pytest.mark.parametrize(
    "text",
    ["{", '{"a": NaN}', '{"a": Infinity}', '{"a": "\\ud800"}', "[" * 100_000, '{"a": 1} {"a": 2}', "nul", "'a'"],
)
def test_sources_refuse_what_is_no_json_and_go_on(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, "a.jsonl", f'{text}\n{{"a": 2}}\n')
    ((place, reason),) = refusals(path, max_article_bytes=100_000)
    assert (place, reason.partition(":")[0], values(path, max_article_bytes=100_000)) == (
        "a.jsonl:1",
        "not JSON",
        [{"a": 2}],
    )


def test_sources_refuse_a_line_over_the_limit_and_go_on(tmp_path: Path) -> None:
    path = written(tmp_path, "a.jsonl", '"' + "x" * 10_000 + '"\n2\n')
    ((place, reason),) = refusals(path)
    assert (place, "longer than 6000 bytes" in reason, values(path)) == ("a.jsonl:1", True, [2])


def test_sources_refuse_a_kind_that_is_not_read_where_it_is_named(tmp_path: Path) -> None:
    ((place, reason),) = refusals(written(tmp_path, "a.csv", "a;b"))
    assert (place, ".jsonl" in reason) == ("a.csv", True)


def test_sources_refuse_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    found = find_files([written(tmp_path, "a.jsonl", "1"), written(tmp_path, "b.jsonl", "2")])
    (tmp_path / "a.jsonl").unlink()
    first, second = Sources(found, max_article_bytes=1000)
    assert isinstance(first, Refusal)
    assert ("No such file" in first.reason, isinstance(second, Record)) == (True, True)


def test_sources_read_a_broken_gzip_up_to_the_break(tmp_path: Path) -> None:
    lines = b"".join(b"%d\n" % number for number in range(100_000))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines)[:-2000])
    found = read(path)
    *records, last = found
    assert isinstance(last, Refusal)
    assert (last.reason, last.place) == ("the gzip data end too early", f"{path}:{len(records) + 1}")
    assert [record.value for record in records if isinstance(record, Record)] == list(range(len(records)))


@pytest.mark.parametrize("data", [b"no gzip at all", gzip.compress(b"1\n") + b"rubbish", b"\x1f\x8b\x08\x00"])
def test_sources_refuse_what_is_no_gzip(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(data)
    assert "the gzip data" in refusals(path)[0][1]


def test_sources_unpack_a_bomb_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as bomb:
        for _ in range(64):
            bomb.write(b"x" * 1024 * 1024)
        bomb.write(b"\n1\n")
    tracemalloc.start()
    found = values(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [1]
    assert peak < 2_000_000


@pytest.mark.parametrize("name", ["a.json.gz", "a.txt.gz"])
def test_sources_stop_unpacking_a_bomb_that_is_read_whole(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name, b"x" * 32 * 1024 * 1024)
    tracemalloc.start()
    ((_, reason),) = refusals(path, whole_file_bytes=100_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "is larger than" in reason
    assert peak < 2_000_000


def test_sources_tell_the_encoding_that_was_guessed(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "Año nuevo\n\nEl señor Muñoz dijo que mañana habrá elecciones.".encode("cp1252"))
    sources = Sources(find_files([path]), max_article_bytes=1000)
    (record,) = sources
    assert isinstance(record, Record)
    assert isinstance(record.value, dict)
    assert (record.value["title"], sources.encodings) == ("Año nuevo", {str(path): "cp1252"})


def test_sources_refuse_a_text_with_a_bad_byte_and_tell_where(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "Título\n\nEl señor ".encode() + b"\xff\xff")
    assert refusals(path) == [("a.txt:3", "not UTF-8: byte 11 of the line is 0xFF")]


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_sources_tell_how_far_they_are(tmp_path: Path, suffix: str) -> None:
    paths = [written(tmp_path, f"{name}{suffix}", "1\n" * 1000) for name in "ab"]
    sources = Sources(find_files(paths), max_article_bytes=1000)
    steps = [sources.read_bytes for _ in sources]
    assert steps == sorted(steps)
    assert sources.read_bytes == sources.total_bytes == sum(path.stat().st_size for path in paths)
