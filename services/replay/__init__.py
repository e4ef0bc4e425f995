"""Puts a feed on the topic again, as if it happened now; and dead letters back where they came from.

    seeds.py       where the feeds to replay are
    pace.py        when each article goes: at the pace of its own dates, faster or slower
    dead.py        dead letters told apart, and what has become of each
    dead_topic.py  their topic, read to its end
    targets.py     the topics they came from
    dead_send.py   their originals sent again, and a marker for each

Sending a feed is the feed's work; the command puts the two together, and neither knows the other.
"""
