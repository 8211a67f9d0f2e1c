"""What ships: scripts that parse, locked and free libraries, data, desktop entries."""

import importlib.metadata
import re
import shutil
import subprocess
import tomllib
from fnmatch import fnmatch
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from xml.etree import ElementTree

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ncs_desktop.catalog import Messages
from ncs_desktop.work.fates import Fate, Tally, tally_text

PROJECT = Path(__file__).resolve().parents[1]
PACKAGING = PROJECT / "packaging"
LOCKS = ("requirements.lock", "requirements-dev.lock")
SCRIPTS = sorted(
    [*PACKAGING.rglob("*.sh"), PACKAGING / "linux" / "ncs-desktop", PROJECT / ".ci" / "run"]
)
LICENCES = {
    "charset-normalizer": "MIT",
    "et-xmlfile": "MIT",
    "filelock": "MIT",
    "lxml": "BSD",
    "olefile": "BSD",
    "openpyxl": "MIT",
    "pillow": "MIT",
    "platformdirs": "MIT",
    "pyside6-essentials": "LGPL",
    "pyside6-pdf": "LGPL",
    "reportlab": "BSD",
    "shiboken6": "LGPL",
    "sqlalchemy": "MIT",
    "typing-extensions": "PSF",
}


def text_of(*parts):
    return PACKAGING.joinpath(*parts).read_text(encoding="utf-8")


def locked(name):
    """Return name → version; a line that is no pinned name with its hashes is a mistake."""
    found = {}
    for entry in text_of(name).replace("\\\n", " ").splitlines():
        pinned = re.fullmatch(
            r"([a-z0-9._-]+)==([\w.]+)(?: ; [^-]+?)?((?:\s+--hash=sha256:[0-9a-f]{64})+)\s*", entry
        )
        assert pinned, entry[:80]
        found[canonicalize_name(pinned[1])] = pinned[2]
    return found


def project():
    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def words(variable):
    """Return the names that lib.sh lists in ``variable``."""
    return re.search(rf'^{variable}="([^"]+)"', text_of("lib.sh"), re.MULTILINE)[1].split()


@pytest.mark.skipif(shutil.which("sh") is None, reason="no POSIX shell here")
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_every_script_parses(path):
    done = subprocess.run(["sh", "-n", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "\r" not in path.read_text(encoding="utf-8")


def test_windows_own_shell_reads_its_script_as_utf_8():
    # Without the mark it takes the second byte of «ồ» for a closing quotation mark.
    assert (PACKAGING / "run.ps1").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", [*LOCKS, "windows/python.lock"])
def test_a_lock_holds_pinned_names_with_hashes_only(name):
    assert locked(name)


def test_the_locks_cover_what_the_project_asks_for_and_agree():
    run, dev = (locked(name) for name in LOCKS)
    assert run.items() <= dev.items()
    asked = project()["project"]
    for lock, lines in (
        (run, asked["dependencies"]),
        (dev, asked["optional-dependencies"]["dev"]),
    ):
        for requirement in map(Requirement, lines):
            version = lock[canonicalize_name(requirement.name)]
            assert requirement.specifier.contains(version), requirement


def test_every_dependency_has_its_reason_written_down():
    told = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for requirement in map(Requirement, project()["project"]["dependencies"]):
        assert requirement.name in told


def test_nothing_that_ships_is_gpl_alone():
    assert set(locked("requirements.lock")) == set(LICENCES)
    for name, wanted in LICENCES.items():
        told = importlib.metadata.metadata(name)
        licence = " ".join(
            [
                told.get("License-Expression") or "",
                (told.get("License") or "").partition("\n")[0],
                *(line for line in told.get_all("Classifier", []) if "License" in line),
            ]
        )
        assert wanted in licence, (name, licence)
        assert "GPL" not in licence or wanted == "LGPL", (name, licence)


def test_every_folder_of_data_goes_into_the_wheel():
    mapped = project()["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    asked = {
        name
        for path in (PROJECT / "ncs_desktop").rglob("*.py")
        for name in re.findall(r'data_folder\("(\w+)"\)', path.read_text(encoding="utf-8"))
    }
    assert mapped == {name: f"ncs_desktop/{name}" for name in asked}


def test_nothing_that_ships_looks_like_a_left_over_of_a_build():
    patterns = (PROJECT / ".gitignore").read_text(encoding="utf-8").split()
    for folder in ("ncs_desktop", "forms", "resources"):
        for path in (PROJECT / folder).rglob("*"):
            inner = path.relative_to(PROJECT).parts
            if "__pycache__" not in inner:
                assert not any(
                    fnmatch(part, pattern.rstrip("/")) for part in inner for pattern in patterns
                ), path


def test_the_trial_of_windows_waits_for_what_the_program_says():
    tally = Tally(3, {Fate.NEW: 1, Fate.DOUBTFUL: 1, Fate.DAMAGED: 1}, 2)
    said = tally_text(tally, Messages.load()).splitlines()[0].rstrip(".")
    assert f"says '{said}'" in text_of("windows", "smoke.sh")


@pytest.mark.parametrize("script", ["windows/stage.sh", "linux/build.sh"])
def test_both_programs_hold_the_locked_libraries_and_the_project(script):
    text = text_of(script)
    assert "--require-hashes" in text
    assert "requirements.lock" in text
    assert '--no-deps "$project"' in text
    assert "prune.py" in text


def test_the_debian_package_asks_for_what_qt_loads():
    fields = dict(re.findall(r"^(\w+): (.+)$", text_of("linux", "control"), re.MULTILINE))
    needed = {part.split()[0] for part in fields["Depends"].split(", ")}
    wanted = {part.split()[0] for part in fields["Recommends"].split(", ")}
    assert set(words("qt_packages")) <= needed
    assert set(words("window_packages")) <= needed | wanted


def test_linux_knows_the_window_its_icon_and_its_files():
    entry = dict(
        line.split("=", 1) for line in text_of("linux", "ncs-desktop.desktop").splitlines()[1:]
    )
    window = (PROJECT / "ncs_desktop" / "ui" / "app.py").read_text(encoding="utf-8")
    assert 'setDesktopFileName("ncs-desktop")' in window
    assert f'APPLICATION_NAME = "{entry["Name"]}"' in window
    assert entry["Exec"] == "ncs-desktop %F"
    kind = ElementTree.fromstring(text_of("linux", "ncs-desktop.xml"))[0]
    assert entry["MimeType"] == f"{kind.get('type')};"
    icon, glob = kind[-2], kind[-1]
    assert icon.get("name") == entry["Icon"] == "ncs-desktop"
    assert glob.get("pattern") == "*.ncs"


def tree(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def left(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def prune():
    spec = spec_from_file_location("prune", PACKAGING / "prune.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.prune


def test_of_windows_qt_only_what_is_used_stays(tmp_path, prune):
    kept = (
        "PySide6/__init__.py",
        "PySide6/QtCore.pyd",
        "PySide6/Qt6Core.dll",
        "PySide6/pyside6.abi3.dll",
        "PySide6/msvcp140_1.dll",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/styles/qmodernwindowsstyle.dll",
        "shiboken6/vcruntime140.dll",
        "lxml/etree.pyd",
        "PIL/Image.py",
    )
    dropped = (
        "PySide6/QtQuick.pyd",
        "PySide6/Qt6Quick.dll",
        "PySide6/QtCore.pyi",
        "PySide6/opengl32sw.dll",
        "PySide6/designer.exe",
        "PySide6/qml/Quick/x.qml",
        "PySide6/plugins/platforms/qminimal.dll",
        "PySide6/plugins/sqldrivers/qsqlite.dll",
        "shiboken6/vcamp140.dll",
        "lxml/includes/x.h",
        "PIL/_avif.pyd",
        "bin/tool",
    )
    tree(tmp_path, *kept, *dropped)
    prune(tmp_path)
    assert left(tmp_path) == set(kept)


def test_of_linux_qt_only_what_is_used_stays(tmp_path, prune):
    kept = (
        "PySide6/__init__.py",
        "PySide6/QtCore.abi3.so",
        "PySide6/libpyside6.abi3.so.6.12",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/lib/libQt6XcbQpa.so.6",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "pillow.libs/libjpeg-6dc8.so.62",
    )
    dropped = (
        "PySide6/QtQuick.abi3.so",
        "PySide6/libpyside6qml.abi3.so.6.12",
        "PySide6/assistant",
        "PySide6/lib/cmake/x.cmake",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/qml/x.qml",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "pillow.libs/libavif-c606.so.16",
    )
    tree(tmp_path, *kept, *dropped)
    prune(tmp_path)
    assert left(tmp_path) == set(kept)
    assert not (tmp_path / "PySide6" / "Qt" / "plugins" / "tls").exists()
