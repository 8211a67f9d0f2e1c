"""One case per sentence of checks.toml: what has to be wrong for a person to read it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from ncs_desktop.domain.blocks import blocks_from_text
from ncs_desktop.domain.call import VIETNAM, Authority, Deadline, DeadlineRule, RecipeItem
from ncs_desktop.domain.checks import check
from ncs_desktop.domain.dossier import Dossier, DossierFile, Sender
from ncs_desktop.domain.form import Field, FieldKind
from ncs_desktop.domain.json_tree import freeze
from ncs_desktop.domain.letter import Letter
from tests.factories import NOW, make_call, make_form, make_proposal

PARTNER = "Công ty TNHH Thủy sản Hòn Sóc"
ALL_CONFIRMED = {"C02": True, "C03": True, "F08": True}
LONG_URGENCY = (
    "Cơ sở khoa học: áp dụng tích hợp hệ thống quản lý giúp loại bỏ lãng phí. Cơ sở thực tiễn: "
    "khảo sát 12 doanh nghiệp chủ lực cho thấy hao hụt bình quân 9,5%. Tác động: nhân rộng trong "
    "ngành thủy sản của vùng, nâng cao thu nhập của người lao động và giảm chất thải tại nguồn.\n"
    "Cơ sở pháp lý: Quyết định số 1322/QĐ-TTg ngày 31/8/2020 của Thủ tướng Chính phủ; "
    "Thông tư số 15/2022/TT-BKHCN ngày 12/10/2022 của Bộ trưởng Bộ Khoa học và Công nghệ."
)


def make_letter(body="Trân trọng đề nghị Sở xem xét./.", **changes):
    letter = Letter(
        template="cong-van-de-xuat",
        parent="",
        agency="CÔNG TY CỔ PHẦN TƯ VẤN NĂNG SUẤT MÊ KÔNG",
        number_symbol="/MK",
        place="An Giang",
        subject="V/v đề xuất nhiệm vụ dự kiến thực hiện từ năm 2026",
        kind_title="",
        addressees=("Sở Khoa học và Công nghệ tỉnh An Giang",),
        body=blocks_from_text(body),
        recipients=("- Như trên;", "- Lưu: VT."),
        signer_title="GIÁM ĐỐC",
        signer_name="Nguyễn Văn A",
    )
    return replace(letter, **changes)


def make_dossier(proposal, **changes):
    mine = {"proposal_id": proposal.id}
    dossier = Dossier(
        sender=Sender("organization", "Công ty Mê Kông", address="Phường Long Xuyên, An Giang"),
        proposals=(proposal,),
        files=(
            DossierFile("letter", "Công văn đề xuất", ("docx", "pdf")),
            DossierFile("summary", "Bảng tổng hợp", ("xlsx", "docx", "pdf")),
            DossierFile("form", "Phiếu đề xuất", ("docx", "pdf"), **mine),
            DossierFile("commitment", "Cam kết", ("docx",), organization=PARTNER, **mine),
            DossierFile("signed_scan", "Bảng tổng hợp đã ký", ("pdf",), scan_of="summary"),
        ),
        order_confirmed=True,
        letter=make_letter(),
    )
    return replace(dossier, **changes)


def without(role):
    return lambda files: tuple(item for item in files if item.role != role)


def plus(*items):
    return lambda files: (*files, *items)


def deadline(rule, at, text="đúng hạn"):
    return (Deadline("so", DeadlineRule(rule), at, text),)


@dataclass(frozen=True)
class Case:
    """Valid inputs with one thing changed; ``key`` is the sentence (or code) it is about."""

    key: str
    where: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    call: dict[str, Any] = field(default_factory=dict)
    proposal: dict[str, Any] = field(default_factory=dict)
    dossier: dict[str, Any] | None = field(default_factory=dict)
    optional: tuple[str, ...] = ()
    extra_fields: tuple[Field, ...] = ()
    now: datetime = NOW

    @property
    def code(self):
        return self.key.partition(".")[0]

    def findings(self):
        proposal = make_proposal(**{"urgency": LONG_URGENCY, **self.values})
        proposal = replace(proposal, confirmations=freeze(ALL_CONFIRMED))
        proposal = replace(proposal, **self.proposal)
        return check(
            proposal, self._form(), make_call(**self.call), self._dossier(proposal), self.now
        )

    def _form(self):
        form = make_form()
        fields = [
            replace(item, required=False) if item.key in self.optional else item
            for item in form.fields
        ]
        return replace(form, fields=(*fields, *self.extra_fields))

    def _dossier(self, proposal):
        if self.dossier is None:
            return None
        dossier = make_dossier(proposal)
        for name, value in self.dossier.items():
            changed = value(getattr(dossier, name)) if callable(value) else value
            dossier = replace(dossier, **{name: changed})
        return dossier

    def __str__(self):
        return self.key


def letter(body="Trân trọng đề nghị Sở xem xét./.", **changes):
    return {"letter": make_letter(body, **changes)}


def budget(total, state, counterpart):
    return {"budget": {"total": total, "state_budget": state, "counterpart": counterpart}}


def commitment(**changes):
    return {"organization": PARTNER, "scope": ["co_fund"], "amount": 1_950_000_000, **changes}


SATURDAY = datetime(2025, 8, 9, 12, 0, tzinfo=VIETNAM)
BEFORE_MERGER = {"issued": date(2023, 4, 12)}
CONFIRM: dict[str, Any] = {"proposal": {"confirmations": freeze({})}}
PROGRAMME = "Chương trình quốc gia hỗ trợ doanh nghiệp nâng cao năng suất"

TEXTS = [
    Case("F01.title", "title", {"title": " "}),
    Case("F01.urgency", "urgency", {"urgency": ""}),
    Case("F01.objectives", "objectives", {"objectives": "\n\n"}),
    Case("F01.contents", "contents", {"contents": "- \n+ "}),
    Case("F01.results", "results", {"results": "………"}),
    Case("F01.effectiveness", "effectiveness", {"effectiveness": None}),
    Case("F01.application_sites", "application_sites", {"application_sites": []}),
    Case("F01.duration", "duration", {"duration": ""}),
    Case("F01.proposer_name", "proposer_name", {"proposer_name": ""}),
    Case("F01.proposer_address", "proposer_address", {"proposer_address": "..."}),
    Case("F01.blank", "scope", extra_fields=(Field("scope", FieldKind.TEXT, "Quy mô", True),)),
    Case("F01.choice", "level", extra_fields=(Field("level", FieldKind.CHOICE, "Cấp", True),)),
    Case("F01.leader", "contents", {"contents": "1. Khảo sát ……….. tại 05 doanh nghiệp."}),
    Case("F01.unprintable", "objectives", {"objectives": "Giảm 15% hao hụt \U0001f600."}),
    Case("F01.unprintable_letter", None, dossier=letter("Trân trọng \u2714./.")),
    Case("F01.amount_implied", "budget.counterpart", budget(5_000_000, 3_000_000, None)),
    Case("F01.amount", "budget.total", budget(None, 3_000_000, None)),
    Case("F01.amount_unread", "budget.total", {"budget": {"total_unread": "4000"}}),
    Case(
        "F01.percent_unread",
        "budget.total",
        {"budget": {**budget(5_000_000, 3_000_000, 2_000_000)["budget"], "percent_unread": "120"}},
    ),
    Case(
        "F01.commitment_unread",
        "commitments",
        {"commitments": [commitment(amount=None, amount_unread="4000")]},
    ),
    Case("F01.amount_impossible", "budget.counterpart", budget(3_000_000, 5_000_000, None)),
    Case("F02.missing", "plan_year", {"plan_year": None}),
    Case("F02.unread", "plan_year", {"plan_year": None, "plan_year_unread": "2027 giai đoạn"}),
    Case("F02.other", "plan_year", {"plan_year": 2025}),
    Case("F02.letter", None, dossier=letter(subject="V/v đề xuất nhiệm vụ năm 2025")),
    Case("F03.version", None, call={"accepts": ("a1-dxnv@tt07-2024",)}),
    Case("F04.law", "urgency", {"urgency": "Ngành còn yếu."}),
    Case("F04.short", "urgency", {"urgency": "Quyết định số 1322/QĐ-TTg."}),
    Case("F04.arguments", "urgency", {"urgency": "Ngành còn yếu. " * 30}),
    Case("F05.measure", "objectives", {"objectives": "Tốt hơn.", "results": "Báo cáo năm 2026."}),
    Case("F05.duration", "duration", {"duration": "theo kế hoạch chung"}),
    Case("F05.mismatch", "duration", {"duration": "12 tháng, từ 01/2026 đến 12/2027"}),
    Case("F05.too_early", "duration", {"duration": "từ tháng 6/2025 đến tháng 12/2026"}),
    Case("F06.name_missing", "contact_name", {"contact_name": ""}),
    Case("F06.position_missing", "contact_position", {"contact_position": "…"}),
    Case("F06.phone_missing", "contact_phone", {"contact_phone": " "}),
    Case("F06.email_missing", "contact_email", {"contact_email": ""}),
    Case("F06.phone", "contact_phone", {"contact_phone": "09130.000.0"}),
    Case("F06.email", "contact_email", {"contact_email": "lienhe@@maysongdao.example"}),
    Case("F07.no_file", "enclosures", {"enclosures": ["Giấy chứng nhận đăng ký doanh nghiệp"]}),
    Case(
        "F07.not_listed",
        "enclosures",
        dossier={"files": plus(DossierFile("attachment", "ban-do.pdf"))},
    ),
    Case("F07.not_listed_commitment", "enclosures", {"enclosures": []}),
    Case("F07.count", "enclosures", {"enclosures": ["03 văn bản cam kết của doanh nghiệp"]}),
    Case("F08.organization", "proposer_name", **CONFIRM),
    Case("F08.individual", "proposer_name", {"proposer_kind": "individual"}, **CONFIRM),
    Case(
        "F09.missing",
        "application_sites",
        {"application_sites": ""},
        optional=("application_sites",),
    ),
    Case(
        "F09.no_commitment",
        "application_sites",
        {"application_sites": f"- {PARTNER};\n- Công ty Cổ phần Cửu Long Xanh (An Giang)."},
    ),
    Case("F09.not_a_site", "application_sites", {"application_sites": "Hiệp hội doanh nghiệp"}),
    Case("M01.negative", "budget.counterpart", budget(5_000_000, 6_000_000, -1_000_000)),
    Case("M01.negative_commitment", "commitments", {"commitments": [commitment(amount=-1)]}),
    Case("M01.sum", "budget.total", budget(3_000_000_000, 2_000_000_000, 900_000_000)),
    Case("M01.zero", "budget.total", budget(0, 0, 0)),
    Case("M02.odd", "budget.total", budget(4_850_000_001, 2_900_000_000, 1_950_000_001)),
    Case("M03.unit", "budget.total", budget(4_850, 2_900, 1_950)),
    Case("M04.short", "commitments", {"commitments": [commitment(amount=1_000_000_000)]}),
    Case("M05.none", "budget.counterpart", budget(4_850_000_000, 4_850_000_000, 0)),
    Case("M07.title", "summary_title", {"summary_title": "Mô hình điểm"}),
    Case("M07.duration", "summary_duration", {"summary_duration": "12 tháng"}),
    Case("M07.amounts", "budget.total", budget(None, 3_000_000, None)),
    Case("C01.missing", "urgency", {"urgency": "Thông tư số 15/2022/TT-BKHCN."}),
    Case("C01.programme_only", "urgency", {"urgency": "Nhiệm vụ thuộc Chương trình 1322."}),
    Case("C02.quote", None, call={"options": freeze({"confirmations": {"C02": "Đủ."}})}, **CONFIRM),
    Case("C02.confirm", None, **CONFIRM),
    Case("C03.quote", None, call={"options": freeze({"confirmations": {"C03": "Đủ."}})}, **CONFIRM),
    Case("C03.confirm", None, **CONFIRM),
    Case("C04.missing", "commitments", dossier={"files": without("commitment")}),
    Case("C05.pilot_model", "commitments", {"commitments": []}),
    Case(
        "C05.missing",
        "commitments",
        {"commitments": [], "task_kind": "training"},
        call={"recipe": {"agency": (RecipeItem("commitment", "required", "Cam kết"),)}},
    ),
    Case("C05.nameless", "commitments", {"commitments": [commitment(organization=" ")]}),
    Case("C05.scope", "commitments", {"commitments": [commitment(scope=[])]}),
    Case("C05.unticked", "commitments", {"commitments": [commitment(scope=["cooperate"])]}),
    Case("C05.unfunded", "commitments", {"commitments": [commitment(amount=None)]}),
    Case("C05.twice", "commitments", {"commitments": [commitment(), commitment()]}),
    Case(
        "C06.few",
        "universities",
        {"task_kind": "curriculum", "universities": ["Trường A", "trường  A", "Trường B"]},
    ),
    Case("C06.field", "university_field", {"task_kind": "curriculum"}),
    Case("C07.none", "priorities", {"priorities": []}),
    Case("C07.unknown", "priorities", {"priorities": ["sports"]}),
    Case("C08.tag", "urgency", {"urgency": "Ngành còn yếu."}),
    Case("C09.route", None),
    Case("C10.code", "contents", {"task_kind": "standards", "title": "Xây dựng", "results": "01"}),
    Case("C11.missing", "lead_organization", {"lead_organization": ""}),
    Case("D01.missing", None, dossier={"files": without("letter")}),
    Case("D02.missing", None, dossier={"files": without("summary")}),
    Case(
        "D03.order",
        None,
        dossier={
            "proposals": lambda mine: (*mine, replace(mine[0], id="khac")),
            "order_confirmed": False,
        },
    ),
    Case("D03.twice", None, dossier={"proposals": lambda mine: mine * 2}),
    Case("D04.not_listed", None, dossier={"proposals": ()}),
    Case("D04.no_form", None, dossier={"files": without("form")}),
    Case(
        "D04.stray",
        None,
        dossier={"files": plus(DossierFile("form", "phieu-la.docx", ("docx", "pdf"), "la"))},
    ),
    Case(
        "D05.format",
        None,
        dossier={"files": plus(DossierFile("letter", "cong-van.pdf", ("pdf",)))},
    ),
    Case("D06.both", None),
    Case("D06.address", None, call={"authority": Authority("Sở A", address="Số 1, Nam Định")}),
    Case("D06.unknown", None, call={"authority": Authority("Sở A")}),
    Case("D07.roman", None, dossier=letter("Kèm phụ lục 1 và Phụ lục 2./.")),
    Case(
        "D08.signature",
        None,
        dossier={
            "files": lambda mine: (
                *without("signed_scan")(mine),
                DossierFile("signed_scan", "Công văn đã ký", ("pdf",), scan_of="letter"),
            )
        },
    ),
    Case("D09.absent", None, dossier=letter("(Kèm theo Công văn số 737/BKHCN-TĐC)./.")),
    Case("T01.open", None, call={"deadlines": deadline("inclusive_day", datetime(2025, 8, 8))}),
    Case(
        "T01.weekend",
        None,
        call={"deadlines": deadline("inclusive_day", datetime(2025, 8, 10))},
        now=SATURDAY,
    ),
    Case(
        "T02.open",
        None,
        call={"deadlines": deadline("inclusive_minute", datetime(2025, 8, 5, 16, 0))},
    ),
    Case(
        "T02.weekend",
        None,
        call={"deadlines": deadline("inclusive_minute", datetime(2025, 8, 10, 16, 0))},
        now=SATURDAY,
    ),
    Case("T03.open", None),
    Case("T03.weekend", None, now=SATURDAY),
    Case(
        "T04.open",
        None,
        call={"deadlines": deadline("exclusive_minute", datetime(2025, 8, 5, 17, 0))},
    ),
    Case(
        "T04.weekend",
        None,
        call={"deadlines": deadline("exclusive_minute", datetime(2025, 8, 10, 17, 0))},
        now=SATURDAY,
    ),
    Case("T05.just", None, now=datetime(2025, 8, 10, 0, 0, tzinfo=VIETNAM)),
    Case("T05.late", None, now=datetime(2025, 8, 12, 9, 0, tzinfo=VIETNAM)),
    Case(
        "T07.reversed",
        None,
        call={
            "deadlines": (
                *deadline("inclusive_day", datetime(2025, 8, 28)),
                *deadline("inclusive_minute", datetime(2025, 8, 20, 17, 0), ""),
            )
        },
    ),
    Case("L01.number", None, dossier=letter(number_symbol="12/SKHCN-TĐC")),
    Case("L01.date", None, dossier=letter(place="An Giang, ngày 05 tháng 8 năm 2025")),
    Case("L02.field", "contents", {"contents": "Theo Thông tư số 15/2022/TT-BKHHCN."}),
    Case("L02.letter", None, dossier=letter("Theo Công văn số 334/BKHHCN - TĐC./.")),
    Case(
        "L03.field",
        "contents",
        {
            "urgency": f"{LONG_URGENCY} Công văn số 1019/BKHCN-TĐC ngày 11/4/2023.",
            "contents": "Theo Công văn số 1091/BKHCN-TĐC ngày 11 tháng 4 năm 2023.",
        },
    ),
    Case("L03.letter", None, dossier=letter("Quyết định số 1323/QĐ-TTg ngày 31/8/2020./.")),
    Case("L04.undefined", "objectives", {"objectives": "Nâng NSCL thêm 15% mỗi năm."}),
    Case("L05.ending", None, dossier=letter("Trân trọng. /.")),
    Case("L06.first", None, dossier=letter(recipients=("- Lưu: VT.",))),
    Case("L06.last", None, dossier=letter(recipients=("- Như trên;",))),
    Case("L06.stop", None, dossier=letter(recipients=("- Như trên;", "- Lưu: VT, TĐC"))),
    Case("L07.mark", None, dossier=letter(signer_title="KT.GIÁM ĐỐC\nPHÓ GIÁM ĐỐC")),
    Case("L07.deputy", None, dossier=letter(signer_title="KT. BỘ TRƯỞNG\nTHỦ TRƯỞNG")),
    Case("L07.degree", None, dossier=letter(signer_name="PGS.TS. Trần Văn An")),
    Case("L08.field", "contents", {"contents": "Độc lập – Tự do – Hạnh phúc"}),
    Case("L08.letter", None, dossier=letter("Độc lập-Tự do-Hạnh phúc./.")),
    Case("L09.field", "contents", {"contents": f"{PROGRAMME} giai đoạn 2021 - 2025 có 5 việc."}),
    Case("L09.letter", None, dossier=letter(f"{PROGRAMME} giai đoạn 2011-2020./.")),
    Case("L09.until_field", "contents", {"contents": "Mục tiêu đến năm 2011-2025 là 5 việc."}),
    Case("L09.until_letter", None, dossier=letter("Kế hoạch đến năm 2011-2025./.")),
    Case("L10.saturday", "contents", {"contents": "Công văn số 12/SKHCN-TĐC ngày 06/3/2021."}),
    Case("L10.sunday", "contents", {"contents": "Công văn 12/SKHCN-TĐC ngày 07 tháng 3 năm 2021."}),
    Case("L10.impossible", None, dossier=letter("Công văn số 9/VP-KGVX ngày 31/02/2025./.")),
    Case("L11.district_field", "proposer_address", {"proposer_address": "Xã A, huyện Châu Thành"}),
    Case("L11.district_letter", None, dossier=letter(addressees=("UBND các huyện, thị xã",))),
    Case("L11.province_field", "proposer_address", {"proposer_address": "Xã A, tỉnh Kiên Giang"}),
    Case("L11.province_letter", None, dossier=letter(addressees=("UBND tỉnh Kiên Giang",))),
    Case("L12.field", "contents", {"contents": "Báo cáo Tổng cục Tiêu chuẩn Đo lường Chất lượng."}),
    Case("L12.letter", None, dossier=letter("Kính báo Tổng cục TCĐLCL./.")),
]
"""Every sentence of checks.toml, once."""

FINE = [
    Case("F01", values={"enclosures": [], "summary_note": ""}),
    Case("F01", values={"contents": "Tái chế, năng suất xanh… và 05 việc khác..."}),
    Case("F02", dossier=letter(subject="V/v đề xuất nhiệm vụ năm 2026, giai đoạn từ năm 2021")),
    Case("F03", call={"accepts": ("tt15-2022",)}),
    Case("F04"),
    Case("F05", values={"duration": "18 tháng"}),
    Case("F05", values={"objectives": "", "results": "", "duration": ""}),
    Case("F06", values={"proposer_kind": "individual", "contact_position": ""}),
    Case("F06", values={"contact_phone": "(024) 37561501"}),
    Case("F07"),
    Case("F07", values={"enclosures": ["Văn bản cam kết của doanh nghiệp"]}),
    Case("F07", values={"enclosures": ["01 văn bản cam kết của doanh nghiệp"]}),
    Case("F07", values={"enclosures": []}, dossier=None),
    Case(
        "F07",
        values={"enclosures": [f"Cam kết của {PARTNER}", "Quyết định thành lập Hiệp hội"]},
        dossier={
            "proposals": lambda mine: (*mine, replace(mine[0], id="khac")),
            "files": plus(
                DossierFile("attachment", "quyet-dinh thanh lap hiep hoi.pdf"),
                DossierFile("attachment", "tệp chung của cả hồ sơ.pdf"),
            ),
        },
    ),
    Case("F08"),
    Case("F09"),
    Case("F09", values={"application_sites": ""}),
    Case("M01"),
    Case("M01", values=budget(5_000_000, 3_000_000, None)),
    Case("M02"),
    Case("M03"),
    Case("M04", values={"commitments": [commitment(amount=None)]}),
    Case("M05", values={"task_kind": "training", **budget(1_000_000, 1_000_000, 0)}),
    Case("M07", values={"summary_title": "", "summary_duration": "2 năm"}),
    Case("C01", values={"urgency": "Theo QĐ 1322 của Thủ tướng."}),
    Case("C02"),
    Case("C03"),
    Case("C04"),
    Case("C04", dossier=None),
    Case("C05", values={"commitments": [], "task_kind": "training"}),
    Case("C05", values={"commitments": [commitment(scope=["cooperate"], amount=None)]}),
    Case("C05", values={"commitments": [commitment(amount=None, amount_unread="4000")]}),
    Case(
        "C06",
        values={
            "task_kind": "curriculum",
            "universities": ["Trường A", "Trường B", "Trường C"],
            "university_field": "Cơ khí",
        },
    ),
    Case("C07"),
    Case("C07", values={"priorities": []}, call={"priorities": ()}),
    Case("C08"),
    Case("C09", call={"authority": Authority("")}),
    Case("C10", values={"task_kind": "standards", "title": "Xây dựng TCVN 12345"}),
    Case("C11"),
    Case("D01"),
    Case("D02"),
    Case("D02", dossier={"files": without("summary")}, call={"recipe": {}}),
    Case("D03"),
    Case("D04"),
    Case("D05"),
    Case("D06", dossier=None),
    Case("D07", dossier=letter("Kèm Phụ lục I, Phụ lục II./.")),
    Case("D07", dossier=letter("Kèm phụ lục 1./.")),
    Case("D08", dossier={"files": without("summary")}),
    Case(
        "D09",
        dossier={
            **letter("(Kèm theo Công văn số 737/BKHCN-TĐC)./."),
            "files": plus(DossierFile("attachment", "737-bkhcn.pdf")),
        },
    ),
    Case("T01"),
    Case("T02"),
    Case("T03", now=datetime(2025, 8, 10, tzinfo=VIETNAM)),
    Case("T04"),
    Case("T05", now=SATURDAY),
    Case("T05", call={"deadlines": ()}),
    Case("T07"),
    Case("L01"),
    Case("L02", values={"contents": "05 việc theo Thông tư số 15/2022/TT-BKHCN - Bộ KHCN."}),
    Case("L03"),
    Case("L04", values={"objectives": "Năng suất chất lượng (NSCL) tăng 15%; Bộ KH&CN; NSCL."}),
    Case("L05"),
    Case("L06"),
    Case("L06", dossier={**letter(recipients=()), "sender": Sender("individual", "Ân")}),
    Case(
        "L07", dossier=letter(signer_title="TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG")
    ),
    Case("L07", dossier=letter(signer_name="Tsering Thị Kso")),
    Case("L08", dossier=letter("Độc lập - Tự do - Hạnh phúc./.")),
    Case("L09", values={"contents": f"{PROGRAMME} giai đoạn 2021 – 2030: 05 việc."}),
    Case("L09", values={"contents": "05 việc nối tiếp Dự án giai đoạn 2011-2020."}),
    Case("L10"),
    Case("L11"),
    Case("L11", values={"proposer_address": "Quận 1, thành phố Hồ Chí Minh"}, call=BEFORE_MERGER),
    Case("L11", values={"proposer_address": "Phường Sài Gòn, TP.HCM (Thành phố Hồ Chí Minh)"}),
    Case("L12", values={"contents": "Báo cáo Tổng cục TCĐLCL."}, call=BEFORE_MERGER),
]
"""Valid inputs of every code, by which its rule must keep silent."""
