"""The views of the store: what is current of each table, and one row per event with all that is asked of it.

``current_...`` shows the highest version of each article and leaves out those that were retracted; ``event_rows`` has
the current events with the names and codes of who took part, each list in one cell, joined by ``; ``. Who has no code
has a dash in the list of codes.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, ScalarSelect, Select, Table, and_, func, select

from services.sink.stores.tables import FOUND, actors, articles, event_attributions, event_participants, events

EVENT_ROWS = "event_rows"
SEPARATOR = "; "
NO_CODE = "-"


def views() -> dict[str, Select[tuple[object, ...]]]:
    """Name of each view, and what it shows."""
    shown = [column for column in articles.c if column.name != "record"]
    made: dict[str, Select[tuple[object, ...]]] = {"current_articles": select(*shown).where(is_current())}
    for table in FOUND:
        made[f"current_{table.name}"] = select(*table.c).join(articles, of_article(table)).where(is_current())
    made[EVENT_ROWS] = _event_rows()
    return made


def is_current() -> ColumnElement[bool]:
    """Of a row of ``articles``: it is the highest version, and not retracted."""
    later = articles.alias("later")
    newest = select(func.max(later.c.version)).where(later.c.id == articles.c.id).scalar_subquery()
    return and_(articles.c.version == newest, articles.c.status != "retraction")


def of_article(table: Table) -> ColumnElement[bool]:
    """Of a row of what was found: it is of the article."""
    return and_(table.c.article_id == articles.c.id, table.c.version == articles.c.version)


def _event_rows() -> Select[tuple[object, ...]]:
    own, article = events.c, articles.c
    code = func.coalesce(actors.c.code, NO_CODE)
    return (
        select(
            own.article_id, own.version, own.id.label("event_id"),
            own.type, own.plover, own.mode, own.contexts, own.cameo, own.quad_class, own.score,
            _parts("source", _name()).label("sources"), _parts("source", code).label("source_codes"),
            _parts("target", _name()).label("targets"), _parts("target", code).label("target_codes"),
            _parts("object", event_participants.c.text).label("objects"),
            own.trigger_text, own.polarity, own.modality, own.tense, _speakers().label("speakers"),
            own.date_text, own.date_from, own.date_to,
            own.place_text, own.place_name, own.place_country, own.place_admin1, own.latitude, own.longitude,
            own.confidence, own.rule, own.path,
            article.title, article.url, article.source.label("publisher"), article.feed, article.language,
            article.published_at, article.fetched_at,
        )
        .join(articles, of_article(events))
        .where(is_current())
    )  # fmt: skip


def _name() -> ColumnElement[str]:
    """As the article has it in full, or where it is no actor as it stands there."""
    return func.coalesce(actors.c.name, event_participants.c.text)


def _parts(part: str, what: ColumnElement[str]) -> ScalarSelect[str]:
    """`what` of those who have a part in the event, in order, in one cell."""
    return _in_one_cell(event_participants, "actor", what, event_participants.c.part == part)


def _speakers() -> ScalarSelect[str]:
    """Who says so, the outermost first; by their cue where they are not known."""
    return _in_one_cell(event_attributions, "speaker", func.coalesce(actors.c.name, event_attributions.c.cue))


def _in_one_cell(table: Table, actor: str, what: ColumnElement[str], *which: ColumnElement[bool]) -> ScalarSelect[str]:
    of = table.c
    same = and_(actors.c.article_id == of.article_id, actors.c.version == of.version, actors.c.id == of[actor])
    event = and_(of.article_id == events.c.article_id, of.version == events.c.version, of.event_id == events.c.id)
    ordered = (
        select(what.label("what"))
        .select_from(table.outerjoin(actors, same))
        .where(event, *which)
        .order_by(of.position)
        .correlate(events)
        .subquery()
    )
    return select(func.aggregate_strings(ordered.c.what, SEPARATOR)).scalar_subquery()
