"""The local SQLite store: domain objects in, domain objects out.

Nothing is imported here, so that ``store.lock`` and ``store.records`` stay cheap; SQLAlchemy comes
with ``store.store`` alone.
"""
