"""Possible duplicates: resubmissions are found, different tasks of one house are not."""

import random
from dataclasses import replace
from uuid import UUID

from ncs_desktop.domain.duplicates import possible_duplicates
from tests.factories import make_proposal


def numbered(number, **values):
    return replace(make_proposal(**values), id=str(UUID(int=number)))


def text(seed, count=120):
    rng = random.Random(seed)
    return " ".join(f"tu{rng.randrange(5000)}" for _ in range(count))


def distinct(number, **values):
    given = {
        "title": f"Nhiệm vụ {text(number, 8)}",
        "proposer_name": f"Công ty {text(number + 10**6, 3)}",
        "contents": text(number),
        **values,
    }
    return numbered(number, **given)


def pairs(*proposals):
    found = possible_duplicates(proposals)
    return {(UUID(key).int, UUID(other).int) for key, others in found.items() for other in others}


def test_different_tasks_are_not_suspected():
    assert pairs(*(distinct(number) for number in range(30))) == set()


def test_one_house_and_nearly_one_title_are_suspected_both_ways():
    first = distinct(1, title="Xây dựng mô hình điểm năng suất xanh", proposer_name="Công ty An")
    again = distinct(
        2, title="Xây dựng mô hình điểm về năng suất xanh", proposer_name="CÔNG TY TNHH AN"
    )
    assert pairs(first, again, distinct(3)) == {(1, 2), (2, 1)}


def test_titles_that_differ_in_a_number_are_different_tasks():
    title = "Xây dựng tiêu chuẩn quốc gia cho sản phẩm nhóm {}"
    house = "Viện Năng suất"
    tasks = [distinct(n, title=title.format(n), proposer_name=house) for n in (1, 2, 3)]
    assert pairs(*tasks) == set()


def test_one_title_from_another_house_is_suspected():
    title = "Xây dựng mô hình điểm áp dụng công cụ 5S, Kaizen tại các nhà máy xay xát lúa gạo"
    again = "xây dựng mô hình điểm áp dụng công cụ 5s, kaizen tại nhà máy xay xát lúa, gạo"
    longer = f"{title} xanh"
    other = title.replace("lúa gạo", "cà phê")
    numbered_otherwise = title.replace("5S", "6S")
    titles = (title, again, longer, other, numbered_otherwise)
    tasks = [distinct(number, title=text) for number, text in enumerate(titles, 1)]
    assert pairs(*tasks) == {(1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2)}


def test_a_short_title_of_two_houses_tells_nothing():
    assert pairs(*(distinct(number, title="Áp dụng công cụ 5S") for number in (1, 2))) == set()


def test_the_same_text_under_another_name_is_suspected():
    copied = text(777, 200)
    first = distinct(1, contents=copied)
    again = distinct(2, contents=copied + " them vai chu cuoi bai")
    assert pairs(first, again, *(distinct(n) for n in range(3, 20))) == {(1, 2), (2, 1)}


def test_wording_common_to_all_is_no_evidence():
    same = text(0, 300)
    tasks = [distinct(number, contents=f"{same} {text(number, 100)}") for number in range(40)]
    assert pairs(*tasks) == set()


def test_empty_proposals_are_compared_with_nothing():
    empty = {"title": "", "proposer_name": "", "contents": "", "urgency": "", "objectives": ""}
    blank = [numbered(n, **empty, results="", effectiveness="") for n in range(3)]
    assert pairs(*blank) == set()
    assert possible_duplicates([]) == {}


def test_a_text_that_all_share_makes_no_duplicates():
    common = text(0, 400)
    tasks = [distinct(n, contents=f"{common} {text(n, 600)}") for n in range(60)]
    assert possible_duplicates(tasks) == {}
