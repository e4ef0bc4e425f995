"""Steps from one layout of the store to the next, in the order of their numbers, run by Alembic. Forward only."""
