"""The canonical form of an article's URL, from which its id is made.

The rules are few on purpose. A URL that keeps a superfluous parameter makes a second row of one article; a URL that
loses a necessary one merges two articles, and one of them is gone. So only parameters go that are known to serve
tracking, by their full name, and nothing is reordered or decoded.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

TRACKING = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid", "yclid", "ysclid",
    "igshid", "igsh", "li_fat_id", "srsltid", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "_ga", "_gl",
    "vero_id", "oly_enc_id", "oly_anon_id", "wickedid", "cmpid", "ref_src", "ref_url", "guccounter", "guce_referrer",
    "guce_referrer_sig",
})  # fmt: skip
TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "hsa_", "at_medium", "at_campaign", "at_custom")

_PORTS = {"http": "80", "https": "443"}
# All of ASCII that may stand in a URL, and the percent sign: what is encoded already stays as it is.
_SAFE = "!#$%&'()*+,-./:;=?@[]_~"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class NotAUrl(ValueError):
    """The text is no absolute URL; the message says why, for people."""


def canonical_url(url: str) -> str:
    """Canonical form of an absolute URL. Idempotent. Raises NotAUrl.

    Of http and https: scheme and host in lower case, no default port, no user and password, no tracking parameters,
    no fragment except ``#!`` (which names a page), "/" for an empty path; what is not ASCII is percent-encoded. A URL
    of another scheme (``urn:``) stays as it is.
    """
    url = url.strip()
    if not _SCHEME.match(url):
        raise NotAUrl("is no absolute URL: it begins with no scheme such as https:")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as wrong:
        raise NotAUrl(f"is no URL: {wrong}") from wrong
    if parts.scheme not in _PORTS:
        return url
    if not host or any(character.isspace() for character in host):
        raise NotAUrl("is no URL: it has no host")
    place = f"[{host}]" if ":" in host else host
    if port is not None and str(port) != _PORTS[parts.scheme]:
        place += f":{port}"
    query = "&".join(part for part in parts.query.split("&") if part and not _is_tracking(part))
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit((parts.scheme, place, _encoded(parts.path) or "/", _encoded(query), _encoded(fragment)))


def host_of(url: str) -> str:
    """Host of a canonical URL, without the port; empty where it has none."""
    return urlsplit(url).hostname or ""


def _encoded(part: str) -> str:
    return quote(part, safe=_SAFE)


def _is_tracking(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)
