"""The fixtures by name: a manner of filling, what is done to the file after, what is missing."""

from dataclasses import dataclass, field

from tests.exchange.filled_fixtures import clerks
from tests.exchange.filled_fixtures.clerks import NEAR, OLD_FORM, ORDER, SHORT, Clerk, Manner

_CONTACT = tuple(
    f"{name}"
    for name in (
        "proposer_name", "proposer_address", "contact_name", "contact_position", "contact_phone",
        "contact_email", "enclosures",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Variant:
    """One fixture; ``missing`` fields are not in the file, ``loose`` words must be unplaced."""

    manner: Manner
    after: object = None
    missing: tuple = ()
    loose: tuple = ()
    lowered: tuple = field(default=())

    def write(self, form, values):
        """The .docx for ``values``."""
        content = Clerk(self.manner, form, values).write()
        if self.after is None:
            return content
        return self.after(content, form)


def _without(*sections):
    return tuple(key for key in ORDER if key not in sections)


_OLD_ORDER = (
    "title", "urgency", "objectives", "contents", "results", "application_sites", "duration",
    "budget", "effectiveness", "contact",
)  # fmt: skip
_SWAPPED = (
    "title", "urgency", "contents", "objectives", "results", "effectiveness", "application_sites",
    "budget", "duration", "contact",
)  # fmt: skip

VARIANTS = {
    "official": Variant(Manner()),
    "no_guidance_millions": Variant(Manner(guidance="none", money="million", contact="inline")),
    "cut_guidance": Variant(Manner(guidance="cut", money="declared", contact="lines")),
    "wrapped_guidance": Variant(Manner(guidance="wrapped", money="leaders", contact="one_line")),
    "guidance_without_brackets": Variant(Manner(guidance="unbracketed", money="bracket_unit")),
    "arabic": Variant(Manner(numbers="arabic", case="sentence", contact="table")),
    "no_numbers": Variant(Manner(numbers="none", contact="columns", money="units")),
    "no_numbers_not_bold": Variant(Manner(numbers="none", bold=False)),
    "bare_capitals": Variant(Manner(case="bare", bold=False, money="line")),
    "title_case": Variant(Manner(case="title", numbers="slash")),
    "section_word": Variant(Manner(numbers="section", case="sentence", after=":")),
    "dash_numbers": Variant(Manner(numbers="dash", signature="director", nation=True)),
    "all_numbered_one": Variant(Manner(numbers="wrong")),
    "near_words": Variant(Manner(headings=NEAR, money="million")),
    "short_words": Variant(Manner(headings=SHORT, case="sentence", after=":", numbers="arabic")),
    "short_words_no_numbers": Variant(
        Manner(headings=SHORT, case="as_is", after=":", numbers="none", contact="inline")
    ),
    "old_form": Variant(
        Manner(
            headings=OLD_FORM,
            case="as_is",
            numbers="arabic",
            order=_OLD_ORDER,
            guidance="none",
            signature="director",
            extra={
                "urgency": (("Xuất xứ hình thành", "Từ hội nghị sơ kết năm 2024."),),
                "budget": (("Năng lực của tổ chức dự kiến ứng dụng", "Có nhà xưởng đạt chuẩn."),),
            },
        ),
        loose=("Từ hội nghị sơ kết năm 2024.", "Có nhà xưởng đạt chuẩn."),
    ),
    "same_line": Variant(Manner(same_line=True, after=":", guidance="none", contact="inline")),
    "same_line_plain": Variant(
        Manner(same_line=True, after=":", guidance="none", bold=False, case="sentence")
    ),
    "leaders_left": Variant(Manner(leaders=True, money="leaders", contact="inline")),
    "hard_wrapped": Variant(Manner(wrap=72, guidance="wrapped")),
    "split_headings": Variant(Manner(split_heading=48, guidance="none")),
    "bold_values": Variant(
        Manner(value_bold=True, blank_lines=True, contact="twice"),
        loose=("0296 3 999 999", "0296 3 888 888"),
    ),
    "one_cell_each": Variant(Manner(container="one_cell", contact="inline")),
    "boxes": Variant(Manner(container="boxes", signature="table", nation=True)),
    "two_columns": Variant(Manner(container="two_columns", guidance="none")),
    "three_columns": Variant(Manner(container="three_columns", numbers="roman", guidance="none")),
    "money_table": Variant(Manner(money="table", contact="table", signature="table")),
    "money_columns": Variant(Manner(money="columns", contact="twice", enclosure_mark="1. ")),
    "bare_contact": Variant(
        Manner(contact="bare", enclosure_mark=""),
        lowered=("contact_name", "contact_position", "contact_phone", "contact_email"),
    ),
    "vni": Variant(Manner(font="vni", contact="inline", money="million")),
    "tcvn3": Variant(Manner(font="tcvn3", money="units")),
    "controls": Variant(Manner(contact="lines"), lambda content, form: clerks.in_controls(content)),
    "tracked": Variant(Manner(money="million"), lambda content, form: clerks.tracked(content)),
    "head_in_box": Variant(Manner(), lambda content, form: clerks.boxed(content, 5)),
    "title_in_box": Variant(Manner(head=True), lambda content, form: clerks.boxed(content, 7)),
    "strict": Variant(Manner(contact="inline"), lambda content, form: clerks.strict(content)),
    "auto_numbers": Variant(Manner(), clerks.auto_numbered),
    "furniture": Variant(
        Manner(signature="director"),
        lambda content, form: clerks.with_furniture(content),
        loose=("Lưu hành nội bộ của công ty",),
    ),
    "no_head": Variant(Manner(head=False, signature="none"), missing=("plan_year",)),
    "missing_sections": Variant(
        Manner(order=_without("contents", "effectiveness")), missing=("contents", "effectiveness")
    ),
    "missing_contact": Variant(Manner(order=_without("contact")), missing=_CONTACT),
    "swapped": Variant(Manner(order=_SWAPPED)),
    "extra_sections": Variant(
        Manner(
            order=ORDER,
            extra={"contact": (("PHƯƠNG ÁN HUY ĐỘNG NGUỒN LỰC", "Huy động từ quỹ của Hiệp hội."),)},
        ),
        loose=("Huy động từ quỹ của Hiệp hội.",),
    ),
}
