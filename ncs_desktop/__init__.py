"""Fill, check, print and consolidate proposal forms of Vietnam's Programme 1322, offline."""

__version__ = "0.1.0"
