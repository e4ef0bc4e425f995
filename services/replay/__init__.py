"""Puts a feed on the topic again, as if it happened now.

    seeds.py   where the feeds to replay are
    pace.py    when each article goes: at the pace of its own dates, faster or slower

Sending is the feed's work; the command puts the two together, and neither knows the other.
"""
