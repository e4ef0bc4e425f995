from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feed.urls import TRACKING, NotAUrl, canonical_url, host_of

PARTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
HOSTS = st.from_regex(r"[A-Za-z0-9]{1,8}(\.[A-Za-z0-9]{1,5}){0,2}", fullmatch=True)
URLS = st.builds(
    "{}://{}{}/{}?{}#{}".format,
    st.sampled_from(["http", "https", "HTTPS"]),
    HOSTS,
    st.sampled_from(["", ":80", ":443", ":8080"]),
    PARTS,
    PARTS,
    PARTS,
)


@given(URLS | st.text() | st.text().map("https://".__add__))
def test_urls_canonical_form_is_its_own_or_the_url_is_refused(url: str) -> None:
    try:
        canonical = canonical_url(url)
    except NotAUrl:
        return
    assert canonical_url(canonical) == canonical


@given(st.sampled_from([*sorted(TRACKING), "utm_source", "UTM_Medium"]), PARTS, PARTS)
def test_urls_tracking_makes_no_difference(name: str, value: str, rest: str) -> None:
    value = value.replace("&", "").replace("#", "")
    page = "https://example.com/a"
    assert canonical_url(f"{page}?{name}={value}&{rest}") == canonical_url(f"{page}?{rest}")


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Example.COM", "https://example.com/"),
        (" https://example.com/a \n", "https://example.com/a"),
        ("http://example.com:80/a", "http://example.com/a"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("http://example.com:443/a", "http://example.com:443/a"),
        ("https://user:secret@example.com/a", "https://example.com/a"),
        ("https://example.com/a#comments", "https://example.com/a"),
        ("https://example.com/#!/a", "https://example.com/#!/a"),
        ("https://example.com/a?utm_source=x&id=3&fbclid=y", "https://example.com/a?id=3"),
        ("https://example.com/a?", "https://example.com/a"),
        ("https://example.com/año?q=é", "https://example.com/a%C3%B1o?q=%C3%A9"),
        ("https://example.com/a%C3%B1o", "https://example.com/a%C3%B1o"),
        ("https://example.com/a b", "https://example.com/a%20b"),
        ("https://[2001:DB8::1]:8443/a", "https://[2001:db8::1]:8443/a"),
        ("urn:newsml:example.com:20260105:1", "urn:newsml:example.com:20260105:1"),
    ],
)
def test_urls_canonical_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "different",
    ["?12345", "?reference=12345", "?cid=12345", "?gallery=5", "?id=", "?b=1&a=2", "?a=2&b=1", "/Story", "/story/"],
)
def test_urls_what_may_name_the_article_stays(different: str) -> None:
    assert canonical_url(f"https://example.com/news{different}").endswith(different)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/news/1",
        "example.com/news",
        "https://",
        "https:///a",
        "http://[::1",
        "https://a:port/",
        "https://a b/",
        "?",
    ],
)
def test_urls_that_are_none_are_refused_with_a_reason(url: str) -> None:
    with pytest.raises(NotAUrl, match=r"^is no .*URL"):
        canonical_url(url)


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://example.com:8080/a", "example.com"), ("https://[::1]/a", "::1"), ("urn:a:b", "")],
)
def test_urls_host(url: str, host: str) -> None:
    assert host_of(url) == host
