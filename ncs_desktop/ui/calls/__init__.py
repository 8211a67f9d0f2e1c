"""The page of calls (đợt đề xuất)."""
