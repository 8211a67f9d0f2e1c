"""Schools a call names are ticked above the list of schools; the list stays free."""

from PySide6.QtWidgets import QCheckBox, QPlainTextEdit

from ncs_desktop.ui.widgets.field_frame import make_editor
from tests.factories import make_proposal


def test_schools_of_the_call_are_ticked_and_others_written(qtbot, catalog):
    call = catalog.call("an-giang-2026")
    field = catalog.form("a1-dxnv@tt15-2022").field("universities")
    editor = make_editor(field, call)
    qtbot.addWidget(editor)
    told = []
    editor.edited.connect(lambda key, value: told.append((key, value)))
    editor.show_proposal(make_proposal(universities=["Trường Đại học Z"]))
    boxes = {box.accessibleName(): box for box in editor.findChildren(QCheckBox)}
    assert len(boxes) == 5
    assert told == []
    boxes["Trường Đại học An Giang"].click()
    assert told[-1] == ("universities", ("Trường Đại học Z", "Trường Đại học An Giang"))
    written = editor.findChild(QPlainTextEdit)
    written.setPlainText("TRƯỜNG ĐẠI HỌC KIÊN GIANG")
    ticked = [name for name, box in boxes.items() if box.isChecked()]
    assert ticked == ["Trường Đại học Kiên Giang"]
    boxes["Trường Đại học Kiên Giang"].click()
    assert told[-1] == ("universities", ())


def test_without_schools_in_the_call_there_is_only_the_list(qtbot, catalog):
    field = catalog.form("a1-dxnv@tt15-2022").field("universities")
    editor = make_editor(field, catalog.call("nam-dinh-2024"))
    qtbot.addWidget(editor)
    assert editor.findChildren(QCheckBox) == []
