from __future__ import annotations

from pathlib import Path

import pytest

from services.broker.java import command, environment, runtime
from services.errors import UserError


def test_java_runtime_is_there() -> None:
    assert runtime().is_file()


def test_java_command_has_the_jars_in_the_class_path_in_order() -> None:
    words = command([Path("/jars/a.jar"), Path("/jars/b.jar")], 256, "kafka.Kafka", "file")
    assert words[words.index("-cp") + 1 :] == ["/jars/a.jar:/jars/b.jar", "kafka.Kafka", "file"]


def test_java_command_limits_the_heap() -> None:
    assert "-Xmx300m" in command([], 300, "kafka.Kafka")


def test_java_jars_in_a_folder_with_a_colon_are_refused() -> None:
    with pytest.raises(UserError, match="Give another one"):
        command([Path("/a:b/c.jar")], 256, "kafka.Kafka")


def test_java_environment_passes_on_nothing_that_changes_what_is_started() -> None:
    given = {"PATH": "/bin", "JAVA_TOOL_OPTIONS": "-javaagent:x.jar", "DATELINE_PASSWORD": "secret"}
    assert environment(given) == {"PATH": "/bin"}
