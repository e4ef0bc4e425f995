"""The store, behind one port.

port.py     what every store can do, and the promises it keeps
tables.py   tables that people query
views.py    views of them: what is current, and an event per row
layout.py   how a store comes to have them, new or from an earlier layout (migrations/)
rows.py     an enriched article as rows of those tables, and back
bulk.py     those rows as a driver takes them, many at once
sql.py      the port on SQLAlchemy Core, for any database
sqlite.py   what is SQLite's own: settings of a connection, and what its errors mean
postgres.py the same of PostgreSQL
memory.py   the port on a dictionary, for tests
url.py      a URL becomes an open store
"""
