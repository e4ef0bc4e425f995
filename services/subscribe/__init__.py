"""The client for whoever wants enriched articles.

    for article in subscribe("127.0.0.1:9092"):
        print(article.title)

start.py    where in the topic reading begins
reader.py   messages of a topic from there on, and what a group has finished
client.py   articles from those messages, for ``for`` and ``async for``
where.py    which of them are wanted: a filter in one line; where_fields.py, its fields
render.py   articles for people's eyes, and as JSON Lines
"""

from services.subscribe.client import Subscription, subscribe

__all__ = ["Subscription", "subscribe"]
