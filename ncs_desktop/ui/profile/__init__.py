"""The page of profile."""
