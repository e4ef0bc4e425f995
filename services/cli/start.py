"""What the commands share: settings with logs set up, names with the prefix, and how tables look."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from schemas.topics import Topic
from services.broker.jars import default_jar_dir
from services.errors import SettingsError
from services.logs import configure
from services.settings import Settings, read_settings


def start(service: str, *, quiet: bool = False) -> Settings:
    """Read the settings and set up logs, as every command does first.

    A `quiet` command shows a person what it does; unless a level was asked for, its log tells of problems alone.
    """
    settings = read_settings()
    unasked = quiet and "log_level" not in settings.model_fields_set
    configure("WARNING" if unasked else settings.log_level, settings.log_format, service)
    return settings


def make_data_dir(settings: Settings) -> None:
    """Make the data folder if it is missing. Raises SettingsError where that cannot be."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the folder {settings.data_dir} cannot be made: {error.strerror}"
        raise SettingsError("DATELINE_DATA_DIR", message) from error


def require_store(settings: Settings) -> None:
    """Raise SettingsError naming the data folder where the store would be in it, and is not yet."""
    if not settings.store_url and not Path(settings.store.removeprefix("sqlite:///")).exists():
        folder = settings.data_dir.absolute()
        message = f"nothing is stored yet in {folder}; `make run` or `dateline sink` does that, or name another folder"
        raise SettingsError("DATELINE_DATA_DIR", message)


def topic_name(settings: Settings, topic: Topic) -> str:
    """The topic's name in force."""
    return settings.topic_prefix + topic.name


def jar_dir(settings: Settings) -> Path:
    """Where the embedded broker's jars are."""
    return settings.jar_dir or default_jar_dir()


def console(*, stderr: bool = False) -> Console:
    """A console that colours on a terminal only."""
    return Console(stderr=stderr, highlight=False)


def complain(line: str) -> None:
    """What is wrong, as the last line on standard error."""
    console(stderr=True).print(Text.assemble(("dateline: ", "bold red"), line), soft_wrap=True)


def piped() -> bool:
    """Whether a program reads our output, and not a person."""
    return not sys.stdout.isatty()
