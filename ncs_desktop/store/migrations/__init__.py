"""Numbered, frozen SQL: ``0001.sql`` makes an empty store, each later one raises it by one."""
