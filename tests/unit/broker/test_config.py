from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.broker.config import OWNED, log4j2_properties, server_properties
from services.errors import UserError


def joined(text: str) -> str:
    """Surrogates put together again: Java's strings are UTF-16."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16")


def parsed(text: str) -> dict[str, str]:
    """server.properties as java.util.Properties would read it: a second reader, written from its documentation."""
    fields = {}
    for line in text.split("\n")[:-1]:
        key, value, seen, i = "", "", False, 0
        while i < len(line):
            char = line[i]
            if char == "\\":
                i += 1
                char = {"t": "\t"}.get(line[i], line[i])
                if char == "u":
                    char, i = chr(int(line[i + 1 : i + 5], 16)), i + 4
            elif char == "=" and not seen:
                seen, i = True, i + 1
                continue
            key, value = (key, value + char) if seen else (key + char, value)
            i += 1
        fields[joined(key)] = joined(value)
    return fields


def test_config_listens_on_the_loopback_interface_only() -> None:
    listeners = parsed(server_properties(9092, 9093))["listeners"].split(",")
    assert listeners == ["CLIENT://127.0.0.1:9092", "CONTROLLER://127.0.0.1:9093"]


def test_config_creates_no_topic_by_itself() -> None:
    assert parsed(server_properties(1, 2))["auto.create.topics.enable"] == "false"


def test_config_asks_for_no_more_copies_than_one_node_can_hold() -> None:
    fields = parsed(server_properties(1, 2))
    copies = {
        key: value for key, value in fields.items() if key.endswith(("replication.factor", "min.isr", "replicas"))
    }
    assert len(copies) >= 7
    assert set(copies.values()) == {"1"}


def test_config_names_no_absolute_path() -> None:
    assert not [value for value in parsed(server_properties(1, 2)).values() if value.startswith("/")]


def test_config_lets_the_caller_override_a_property() -> None:
    fields = parsed(server_properties(1, 2, {"listener.security.protocol.map": "CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT"}))
    assert fields["listener.security.protocol.map"] == "CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT"


@pytest.mark.parametrize("key", sorted(OWNED))
def test_config_refuses_a_property_the_broker_depends_on(key: str) -> None:
    with pytest.raises(UserError, match=key):
        server_properties(1, 2, {key: "x"})


@pytest.mark.parametrize(("key", "value"), [("", "x"), (" ", "x"), ("a\nlisteners", "x"), ("a", "x\nlisteners=y")])
def test_config_refuses_a_property_that_is_not_one_line(key: str, value: str) -> None:
    with pytest.raises(UserError, match="not one line"):
        server_properties(1, 2, {key: value})


line = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=30)


@given(line.filter(str.strip).filter(lambda key: key not in OWNED), line)
def test_config_values_read_back_as_they_were_given(key: str, value: str) -> None:
    text = server_properties(1, 2, {key: value})
    assert text.isascii()
    assert parsed(text)[key] == value


def test_config_log_goes_to_a_file_and_never_to_the_console() -> None:
    kinds = [
        line for line in log4j2_properties().splitlines() if line.startswith("appender.") and ".layout" not in line
    ]
    assert [line for line in kinds if "type = RollingFile" in line]
    assert not [line for line in kinds if "Console" in line]


def test_config_log_is_limited_in_size_and_number() -> None:
    text = log4j2_properties(megabytes=7, files=2)
    assert "size.size = 7MB" in text
    assert "strategy.max = 2" in text
