"""Small documents written by hand: what a paragraph takes from styles, and how its runs join."""

from ncs_desktop.domain.blocks import ListItem, Paragraph, Run
from ncs_desktop.exchange.docx_reader import read_parts

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:default="1" w:styleId="Dong"><w:pPr><w:numPr><w:numId w:val="1"/>
</w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Van"><w:rPr><w:b/></w:rPr></w:style></w:styles>"""
NUMBERING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">
<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def read(body):
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>'
        for kind in ("styles", "numbering")
    )
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
    }
    return read_parts({name: part.encode() for name, part in parts.items()})


def test_a_paragraph_without_properties_has_those_of_the_default_style():
    document = read("<w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p>")
    assert document.body == (ListItem((Run("a"),), "1.", 1), ListItem((Run("b"),), "2.", 1))


def test_a_named_style_gives_look_and_no_number():
    document = read('<w:p><w:pPr><w:pStyle w:val="Van"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>')
    assert document.body == (Paragraph((Run("a", bold=True),)),)


def test_pieces_drawn_alike_are_one_run_and_breaks_begin_paragraphs():
    plain = '<w:pPr><w:pStyle w:val="Van"/></w:pPr>'
    runs = (
        "<w:r><w:t>mo</w:t></w:r><w:r><w:t>\u0302t</w:t><w:br/><w:br/><w:t>hai</w:t></w:r>"
        "<w:r><w:rPr><w:b w:val='0'/></w:rPr><w:t> ba\u200b</w:t></w:r>"
    )
    document = read(f"<w:p>{plain}{runs}</w:p>")
    assert document.body == (
        Paragraph((Run("môt", bold=True),)),
        Paragraph(),
        Paragraph((Run("hai", bold=True), Run(" ba"))),
    )
    assert document.remarks == {"docx.illegal_characters": 1}


def test_a_font_of_an_old_encoding_is_converted_over_its_whole_stretch():
    fonts = '<w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr>'
    runs = f"<w:r>{fonts}<w:t>Ch\u00ad</w:t></w:r><w:r>{fonts}<w:t>¬ng tr×nh</w:t></w:r>"
    document = read(f'<w:p><w:pPr><w:pStyle w:val="Van"/></w:pPr>{runs}</w:p>')
    assert document.body == (Paragraph((Run("Chương trình", bold=True),)),)
    assert document.remarks == {"docx.legacy_font": 1}
