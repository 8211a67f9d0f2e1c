"""The longest sections are compared in bounded time, whatever they hold."""

import random
import time

from ncs_desktop.domain.differences import Change, Piece, word_pieces


def side(pieces, change):
    return "".join(piece.text for piece in pieces if piece.change in (Change.KEPT, change))


def test_one_word_changed():
    assert word_pieces("Đào tạo 150 lượt cán bộ.", "Đào tạo 200 lượt cán bộ.") == (
        Piece(Change.KEPT, "Đào tạo "),
        Piece(Change.REMOVED, "150"),
        Piece(Change.ADDED, "200"),
        Piece(Change.KEPT, " lượt cán bộ."),
    )


def test_the_longest_sections_are_compared_quickly():
    chance = random.Random(1322)
    syllables = [f"tiếng{number}" for number in range(900)]
    weights = [1 / (number + 5) for number in range(900)]
    sentences = [" ".join(chance.choices(syllables, weights, k=20)) + "." for _ in range(500)]
    old = " ".join(sentences)
    edited = " ".join(line.replace("tiếng1 ", "sửa ") for line in sentences)
    shuffled = old.split(" ")
    chance.shuffle(shuffled)
    others = (" ".join(shuffled), old.replace(". ", ".\n"), "\n" * 50_000, "a " * 25_000)
    start = time.perf_counter()
    few = word_pieces(old, edited)
    assert len(word_pieces("\n" * 50_000, "\n" * 50_001)) <= 2
    for new in others:
        pieces = word_pieces(old, new)
        assert side(pieces, Change.REMOVED) == old
        assert side(pieces, Change.ADDED) == new
    assert side(few, Change.ADDED) == edited
    assert sum(len(piece.text) for piece in few if piece.change is Change.REMOVED) < len(old) / 5
    assert time.perf_counter() - start < 60
