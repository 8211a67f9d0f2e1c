"""The parts of a .docx around its body: package, settings, properties, header, footer, watermark.

Written as WordprocessingML (ECMA-376) directly: no template whose thumbnail, theme, author or
half a megabyte of unused styles would travel along, and the same input gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from ncs_desktop.documents.layout.units import points, text_width, twips
from ncs_desktop.documents.page import Document, PageNumbers, Paper

FONT = "Times New Roman"
HEADER_LINE, FOOTER_LINE = 16.0, 12.0
"""Exact line heights of header and footer, pt."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_FIXED_DATE = "2000-01-01T00:00:00Z"

NAMESPACES = (
    f'xmlns:w="{_MAIN}" xmlns:r="{_RELATIONS}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"'
)
"""The namespaces of body, header and footer."""

_SETTINGS = f"""{_HEAD}<w:settings xmlns:w="{_MAIN}">
<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>
<w:characterSpacingControl w:val="doNotCompress"/>
<w:compat><w:doNotExpandShiftReturn/>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" \
w:val="15"/></w:compat>
<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>
</w:settings>"""

_APP = f"""{_HEAD}<Properties \
xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">\
<Application>ncs-desktop</Application></Properties>"""

_WATERMARK = """<w:r><w:rPr><w:noProof/></w:rPr><w:pict>\
<v:shapetype id="_x0000_t136" coordsize="1600,21600" o:spt="136" adj="10800" \
path="m@7,0l@8,0m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>\
<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>\
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>\
<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>\
<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>\
<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" \
o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>\
<v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>\
<v:shape id="{identity}" o:spid="_x0000_s{number}" type="#_x0000_t136" alt="" \
style="position:absolute;margin-left:0;margin-top:0;width:440pt;height:110pt;rotation:310;\
z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:page;\
mso-position-vertical:center;mso-position-vertical-relative:page" o:allowincell="f" \
fillcolor="#d9d9d9" stroked="f"><v:textpath style="font-family:&quot;Times New Roman&quot;;\
font-size:1pt;font-weight:bold" string={text}/></v:shape></w:pict></w:r>"""

_CONTENT_TYPES = {
    "word/document.xml": f"{_WORD_TYPE}.document.main+xml",
    "word/styles.xml": f"{_WORD_TYPE}.styles+xml",
    "word/settings.xml": f"{_WORD_TYPE}.settings+xml",
    "word/header1.xml": f"{_WORD_TYPE}.header+xml",
    "word/header2.xml": f"{_WORD_TYPE}.header+xml",
    "word/footer1.xml": f"{_WORD_TYPE}.footer+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}


def pack(document: Document, body: str, styles: str) -> bytes:
    """Return the .docx of a prepared ``document``, its body and styles given as XML."""
    text = (
        f"{_HEAD}<w:document {NAMESPACES}><w:body>{body}{_section(document)}</w:body></w:document>"
    )
    parts = {
        "word/document.xml": text,
        "word/styles.xml": f'{_HEAD}<w:styles xmlns:w="{_MAIN}">{styles}</w:styles>',
        "word/settings.xml": _SETTINGS,
        "word/header1.xml": _header(document, True),
        "word/header2.xml": _header(document, False),
        "word/footer1.xml": _footer(document),
        "docProps/core.xml": _core(document.title),
        "docProps/app.xml": _APP,
    }
    package = {"[Content_Types].xml": _content_types(), "_rels/.rels": _package_relations()}
    package |= parts
    package["word/_rels/document.xml.rels"] = _document_relations()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in package.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content.encode())
    return buffer.getvalue()


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in _CONTENT_TYPES.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _package_relations() -> str:
    return _relations(
        (f"{_RELATIONS}/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{_RELATIONS}/extended-properties", "docProps/app.xml"),
    )


def _document_relations() -> str:
    return _relations(
        (f"{_RELATIONS}/styles", "styles.xml"),
        (f"{_RELATIONS}/settings", "settings.xml"),
        (f"{_RELATIONS}/header", "header1.xml"),
        (f"{_RELATIONS}/header", "header2.xml"),
        (f"{_RELATIONS}/footer", "footer1.xml"),
    )


def _relations(*targets: tuple[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _core(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator></dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_FIXED_DATE}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_FIXED_DATE}</dcterms:modified>'
        "<dc:language>vi-VN</dc:language></cp:coreProperties>"
    )


def _section(document: Document) -> str:
    paper = document.paper
    landscape = ' w:orient="landscape"' if paper.width > paper.height else ""
    top, bottom, left, right = (
        twips(points(side)) for side in (paper.top, paper.bottom, paper.left, paper.right)
    )
    width, height = twips(points(paper.width)), twips(points(paper.height))
    header, footer = _distances(paper)
    first = "<w:titlePg/>" if _skips_first(document) else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
        '<w:headerReference w:type="first" r:id="rId4"/>'
        '<w:footerReference w:type="default" r:id="rId5"/>'
        '<w:footerReference w:type="first" r:id="rId5"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{landscape}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{header}" w:footer="{footer}" w:gutter="0"/>{first}</w:sectPr>'
    )


def _skips_first(document: Document) -> bool:
    return document.furniture.numbers is PageNumbers.TOP_CENTER


def _distances(paper: Paper) -> tuple[int, int]:
    """Return header and footer distance that put their base lines where the PDF has them."""
    header = points(paper.top) / 2 - 0.8 * HEADER_LINE
    footer = points(paper.bottom) / 2 - 0.2 * FOOTER_LINE
    return max(twips(header), 0), max(twips(footer), 0)


def _header(document: Document, default: bool) -> str:
    """Return the header of all pages, or (not ``default``) of the first where it differs."""
    text = document.furniture.watermark
    runs = ""
    if text:
        number = 2049 if default else 2050
        name = f"PowerPlusWaterMarkObject{number}"
        runs = _WATERMARK.format(identity=name, number=number, text=quoteattr(text))
    if default and _skips_first(document):
        runs += _field("PAGE")
    return (
        f'{_HEAD}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{runs}</w:p>'
        "</w:hdr>"
    )


def _footer(document: Document) -> str:
    furniture = document.furniture
    end = twips(text_width(document.paper))
    runs = f'<w:r><w:t xml:space="preserve">{escape(furniture.footer)}</w:t></w:r>'
    if furniture.numbers is PageNumbers.FOOTER_OF_TOTAL:
        runs += f"<w:r><w:tab/></w:r>{_field('PAGE')}<w:r><w:t>/</w:t></w:r>{_field('NUMPAGES')}"
    return (
        f'{_HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/>'
        f'<w:tabs><w:tab w:val="right" w:pos="{end}"/></w:tabs></w:pPr>{runs}</w:p></w:ftr>'
    )


def _field(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
