"""The house rules that a linter does not know: size of files and functions, no cycle, no leaks."""

import ast
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SOURCES = sorted((PROJECT / "ncs_desktop").rglob("*.py"))
BINARY = {".docx", ".ico", ".png", ".pyc", ".qm", ".sqlite", ".ttf", ".zip"}
TEXTS = sorted(
    path
    for pattern in (
        "[!.]*",
        ".ci/*",
        *(f"{name}/**/*" for name in ("forms", "ncs_desktop", "packaging", "resources", "tests")),
    )
    for path in PROJECT.glob(pattern)
    if path.is_file() and path.suffix not in BINARY and "fixtures" not in path.parts
)


def _name(path):
    return path.relative_to(PROJECT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_file_has_at_most_400_lines_and_a_function_50(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno + 1 <= 50, node.name


def test_broad_excepts_are_few():
    broad = [
        f"{_name(path)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"except (Base)?Exception\b", line)
    ]
    assert len(broad) <= 5, broad


MARKS = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X+|HA" + r"CK|NotImple" + r"mentedError)\b")


def test_nothing_is_left_unfinished():
    marked = [
        f"{_name(path)}:{number}"
        for path in TEXTS
        if path.suffix in (".py", ".sh", ".toml")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MARKS.search(line)
    ]
    assert marked == []


MACHINES = re.compile(
    "|".join(
        (
            *(f"/{name}/" for name in ("ro" + "ot", "ho" + "me/[a-z]+")),
            r"(?<!\bncs_desktop)(?<!\btests)/" + "work" + "/",
        )
    )
)
"""Where things lie on one machine; the two rooms of the program called so are none."""


@pytest.mark.parametrize("before", ["", '"', "= ", "file://", "C:", "..", "~", "my_tests", "x"])
@pytest.mark.parametrize("place", ["root", "home/an", "work"])
def test_a_path_of_one_machine_is_found_wherever_it_stands(before, place):
    assert MACHINES.search("/".join((before, place, "x")))


def test_the_rooms_of_the_program_are_no_machine():
    assert not MACHINES.search("see ncs_desktop/{0}/x.py, tests/{0}/y.py".format("work"))
    assert MACHINES.search("see tests/{0}/y.py in /{0}/main".format("work"))


def test_nothing_in_the_repository_names_a_registry_or_a_machine():
    hosts = re.compile("|".join(["py" + r"pi\.o" + "rg", "python" + "hosted", r"npm" + r"js\.o"]))
    for path in TEXTS:
        text = path.read_text(encoding="utf-8")
        assert not hosts.search(text), _name(path)
        assert path.suffix == ".lock" or not MACHINES.search(text), _name(path)
