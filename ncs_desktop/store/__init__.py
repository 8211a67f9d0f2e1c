"""The local SQLite store: domain objects in, domain objects out."""
