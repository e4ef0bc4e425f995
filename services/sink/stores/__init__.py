"""The store, behind one port.

port.py     what every store can do, and the promises it keeps
tables.py   tables and views that people query
rows.py     an enriched article as rows of those tables, and back
sql.py      the port on SQLAlchemy Core, for any database
sqlite.py   what is SQLite's own: settings of a connection, and what its errors mean
memory.py   the port on a dictionary, for tests
url.py      a URL becomes an open store
"""
