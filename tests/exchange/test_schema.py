"""The JSON Schema accepts what we read and refuses what we refuse."""

import json

import jsonschema
import pytest

from ncs_desktop.catalog import Catalog
from ncs_desktop.exchange.schema import proposal_schema
from ncs_desktop.paths import data_folder
from tests.exchange.test_proposal_json import FORM, WRONG_VALUES, make_tree
from tests.factories import make_values

SCHEMA = proposal_schema(FORM)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_complete_proposal_and_its_unknown_keys_are_accepted():
    values = make_values(la={"x": 1}, results=[{"type": "table", "rows": [["a", "b"], ["c"]]}])
    VALIDATOR.validate(make_tree(values=values, nguon="khác", waivers=[{"code": "F01"}]))
    VALIDATOR.validate(make_tree(values={"budget": {"total": None}}))
    VALIDATOR.validate(make_tree(table_line={"task_kind": "training", "later": 5}))
    assert not VALIDATOR.is_valid(make_tree(table_line={"task_kind": "khác"}))


@pytest.mark.parametrize(("key", "value", "_expected", "_where"), WRONG_VALUES)
def test_a_wrong_type_is_refused(key, value, _expected, _where):
    assert not VALIDATOR.is_valid(make_tree(values=make_values(**{key: value})))


def test_another_form_is_refused():
    assert not VALIDATOR.is_valid(make_tree(form="b1"))


@pytest.mark.parametrize(
    "path",
    sorted((data_folder("resources") / "samples").glob("*.json")),
    ids=lambda path: path.stem,
)
def test_the_shipped_samples_fit_the_schema_of_the_shipped_form(path):
    tree = json.loads(path.read_text(encoding="utf-8"))
    form = Catalog.load().form(f"{tree['form']}@{tree['form_version']}")
    jsonschema.Draft202012Validator(proposal_schema(form)).validate(tree)
