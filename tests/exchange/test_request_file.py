import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.json_tree import FrozenDict, freeze
from ncs_desktop.domain.supplement import Point, SupplementRequest
from ncs_desktop.exchange.proposal_json import read_proposal, write_proposal
from ncs_desktop.exchange.request_file import is_request, read_request, write_request
from tests.factories import make_proposal

TEXTS = st.text("aăâđêôơưỳ «»\n☃", max_size=20)
POINTS = st.lists(
    st.tuples(TEXTS, st.none() | st.just("budget.total"), st.sampled_from(["", "F06"])), max_size=5
)
REQUEST = SupplementRequest(
    "11111111-1111-4111-8111-111111111111",
    "an-giang-2026",
    "22222222-2222-4222-8222-222222222222",
    1,
    "d" * 64,
    "Nhiệm vụ",
    (Point("1", "Làm rõ", "title"),),
    "2025-08-05T09:00:00+07:00",
)


@given(POINTS, st.none() | st.dates(date(2020, 1, 1)), TEXTS)
def test_what_is_written_comes_back(points, until, title):
    made = tuple(
        Point(str(number), words, field, code) for number, (words, field, code) in enumerate(points)
    )
    request = replace(REQUEST, points=made, until=until, title=title)
    content = write_request(request)
    assert read_request(content, "a.ncs") == request
    assert write_request(read_request(content, "a.ncs")) == content


def test_unknown_keys_are_kept_everywhere():
    tree = json.loads(write_request(replace(REQUEST, data=freeze({"a": [1]}))))
    tree["moi"] = {"x": [1]}
    tree["points"][0]["muc_do"] = "gấp"
    tree["proposal"]["nguon"] = "thư"
    content = json.dumps(tree).encode()
    read = read_request(content, "a.ncs")
    assert read.extra == FrozenDict(moi=FrozenDict(x=(1,)))
    assert json.loads(write_request(read)) == tree


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": "ncs-call"}, "supplement.other_format"),
        ({"version": 2}, "proposal.newer"),
        ({"version": "1"}, "proposal.expected.count"),
        ({"id": "không"}, "proposal.expected.uuid"),
        ({"call": ""}, "proposal.expected.text"),
        ({"proposal": []}, "proposal.expected.object"),
        ({"points": {}}, "proposal.expected.list"),
        ({"points": [1]}, "proposal.expected.object"),
        ({"points": [{"id": ""}]}, "proposal.expected.text"),
        ({"points": [{"id": "1", "words": 3}]}, "proposal.expected.text"),
        ({"points": [{"id": "1"}, {"id": "1"}]}, "proposal.expected.list"),
        ({"points": [{"id": str(n)} for n in range(1001)]}, "proposal.expected.list"),
        ({"until": "mai"}, "supplement.bad_date"),
        ({"data": 3}, "proposal.expected.object"),
    ],
)
def test_a_wrong_file_is_refused_with_its_key(change, code):
    tree = {**json.loads(write_request(REQUEST)), **change}
    with pytest.raises(InputProblem) as caught:
        read_request(json.dumps(tree).encode(), "a.ncs")
    assert caught.value.code == code
    assert caught.value.params["file"] == "a.ncs"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"a":1,"a":2}', b"[" * 100_000, b'{"a":NaN}', b"\xff\x00"]
)
def test_hostile_files_are_refused(content):
    with pytest.raises(InputProblem):
        read_request(content, "a.ncs")


def test_a_request_is_told_from_a_proposal():
    assert is_request(write_request(REQUEST), "a.ncs")
    with pytest.raises(InputProblem) as caught:
        read_proposal(write_request(REQUEST), "a.ncs", lambda _: None)
    assert caught.value.code == "supplement.is_request"
    assert not is_request(write_proposal(make_proposal()), "b.json")
