"""What editors do to an exported report, as scripts: each changes the document as Word would, and is allowed or not."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph


@dataclass(frozen=True)
class Edit:
    """`is_allowed`: no quotation is anything but clean afterwards."""

    name: str
    apply: Callable[[Document], None]
    is_allowed: bool


EDITS: list[Edit] = []
_Script = Callable[[Document], None]


def _edit(*, is_allowed: bool) -> Callable[[_Script], _Script]:
    def add(script: _Script) -> _Script:
        EDITS.append(Edit(script.__name__.strip("_"), script, is_allowed))
        return script

    return add


allowed, forbidden = _edit(is_allowed=True), _edit(is_allowed=False)


# ------------------------------------------------------------------------------------------- tools


def styled(document: Document, style: str) -> list[Paragraph]:
    return [p for p in document.paragraphs if p.style is not None and p.style.name == style]


def words_of(quote: Paragraph) -> str:
    return quote.text[1 : quote.text.rindex("’")]


def say(paragraph: Paragraph, old: str, new: str) -> None:
    """Type over a piece of one run, as an editor does; what is around it stays."""
    run = next(run for run in paragraph.runs if old in run.text)
    run.text = run.text.replace(old, new, 1)


def retype(paragraph: Paragraph, text: str) -> None:
    """Take a paragraph out, with all that hangs on it, and type another in its place."""
    new = copy.deepcopy(paragraph._p)
    for element in [e for e in new if e.tag != qn("w:pPr")]:
        new.remove(element)
    paragraph._p.addprevious(new)
    paragraph._p.getparent().remove(paragraph._p)
    Paragraph(new, paragraph._parent).add_run(text)


def add_after(paragraph: Paragraph, text: str, style: str = "Normal") -> Paragraph:
    new = OxmlElement("w:p")
    paragraph._p.addnext(new)
    made = Paragraph(new, paragraph._parent)
    made.style = style
    made.add_run(text)
    return made


def remove(paragraph: Paragraph) -> None:
    paragraph._p.getparent().remove(paragraph._p)


def quotes(document: Document, pattern: str = "", sentences: int = 1) -> Iterator[Paragraph]:
    """Quotes whose words hold a pattern, of at least so many sentences."""
    for quote in styled(document, "Citaat"):
        if re.search(pattern, words_of(quote)) and len(re.findall(r"[.!?](?:\s|$)", words_of(quote))) >= sentences:
            yield quote


def plain_quote(document: Document, sentences: int) -> tuple[Paragraph, list[str]]:
    """A quote without a word that turns a meaning, and its sentences: it may be cut anywhere between them."""
    turning = re.compile(r"\b(niet|geen|nooit|niemand|niks|maar|alleen|als|zonder|tenzij|toch|wel|nee|bijna)\b", re.I)
    for quote in quotes(document, sentences=sentences):
        if not turning.search(words_of(quote)):
            return quote, re.split(r"(?<=[.!?])\s", words_of(quote))
    raise LookupError("no quote is plain enough")


def tracked(kind: str, text: str) -> str:
    """A tracked change: w:ins or w:del with a run."""
    tag = "w:delText" if kind == "del" else "w:t"
    return (
        f'<w:{kind} {nsdecls("w")} w:id="900" w:author="Redacteur" w:date="2026-11-22T10:00:00Z">'
        f'<w:r><{tag} xml:space="preserve">{text}</{tag}></w:r></w:{kind}>'
    )


# ------------------------------------------------------------------------------- text and order


@allowed
def a_sentence_is_added_to_the_introduction(document: Document) -> None:
    styled(document, "Normal")[0].add_run(" De wijkraad las dit verslag vooraf.")


@allowed
def a_paragraph_is_rewritten_from_end_to_end(document: Document) -> None:
    retype(styled(document, "Normal")[1], "In het voorjaar zaten buurtgenoten om de tafel, telkens een avond lang.")


@allowed
def a_chapter_is_renamed(document: Document) -> None:
    retype(styled(document, "Heading 1")[2], "1. Wat vastliep en wat groeide")


@allowed
def a_heading_in_the_summary_is_renamed(document: Document) -> None:
    retype(styled(document, "Heading 2")[0], "Waar het schuurde")


@allowed
def the_title_is_changed(document: Document) -> None:
    retype(styled(document, "Title")[0], "Elkaar weer tegenkomen")


@allowed
def a_topic_gets_another_title(document: Document) -> None:
    topic = styled(document, "Onderwerp")[0]
    topic.runs[0].text = "De deur die dicht bleef:"


@allowed
def a_topic_is_told_in_other_words(document: Document) -> None:
    topic = styled(document, "Onderwerp")[1]
    topic.runs[1].text = " Wie nieuw is in de straat kent de mensen naast zich vaak pas na een jaar."


@allowed
def a_quote_moves_to_another_topic(document: Document) -> None:
    quote = styled(document, "Citaat")[0]
    styled(document, "Onderwerp")[2]._p.addnext(quote._p)


@allowed
def a_topic_moves_to_another_chapter_with_its_quotes(document: Document) -> None:
    topic, target = styled(document, "Onderwerp")[1], styled(document, "Onderwerp")[-1]
    group = [topic._p]
    while (following := group[-1].getnext()) in [quote._p for quote in styled(document, "Citaat")]:
        group.append(following)
    for element in group:
        target._p.addprevious(element)


@allowed
def two_chapters_change_places(document: Document) -> None:
    headings = [h._p for h in styled(document, "Heading 1")]
    third, fourth, end = headings[3], headings[4], headings[5]
    moving = [third]
    while (following := moving[-1].getnext()) is not fourth:
        moving.append(following)
    for element in moving:
        end.addprevious(element)


@allowed
def a_quote_is_taken_out(document: Document) -> None:
    remove(styled(document, "Citaat")[3])


@allowed
def a_topic_is_taken_out(document: Document) -> None:
    remove(styled(document, "Onderwerp")[2])


@allowed
def a_paragraph_is_added(document: Document) -> None:
    add_after(styled(document, "Onderwerp")[0], "Ook buiten de gesprekken om hoorden wij dit in de wijk.")


@allowed
def a_chapter_is_added(document: Document) -> None:
    heading = add_after(styled(document, "Citaat")[-1], "5. Hoe het verder gaat", "Heading 1")
    add_after(heading, "De gemeente en de bewoners komen in het najaar weer bij elkaar.")


@allowed
def a_heading_of_the_third_level_is_added(document: Document) -> None:
    add_after(styled(document, "Normal")[2], "Over de avonden", "Heading 3")


@allowed
def two_paragraphs_become_one(document: Document) -> None:
    first, second = styled(document, "Normal")[:2]
    first.add_run(f" {second.text}")
    remove(second)


@allowed
def a_paragraph_becomes_two(document: Document) -> None:
    paragraph = styled(document, "Normal")[1]
    begin, end = paragraph.text[: len(paragraph.text) // 2], paragraph.text[len(paragraph.text) // 2 :]
    cut = begin.rindex(" ")
    add_after(paragraph, begin[cut:].strip() + end)
    retype(paragraph, begin[:cut])


@allowed
def a_name_is_put_before_the_first_heading(document: Document) -> None:
    add_after(styled(document, "Subtitle")[0], "Samengesteld door het wijkteam")


@allowed
def the_heading_of_the_introduction_is_taken_out(document: Document) -> None:
    remove(styled(document, "Heading 1")[1])


@allowed
def thanks_are_added_to_the_colophon(document: Document) -> None:
    add_after(styled(document, "Colofon")[-1], "Met dank aan alle gastvrouwen.", "Colofon")


# --------------------------------------------------------------------------- lists, tables, boxes


@allowed
def items_of_a_list_are_changed_added_and_taken_out(document: Document) -> None:
    items = styled(document, "Opsomming")
    items[0].runs[0].text = "Plekken om elkaar te zien die verdwenen"
    new = copy.deepcopy(items[1]._p)
    items[1]._p.addnext(new)
    Paragraph(new, items[1]._parent).runs[0].text = "Drempels voor wie slecht ter been is"
    remove(items[2])


@allowed
def a_fact_is_corrected_and_one_added(document: Document) -> None:
    table = document.tables[0]
    table.cell(0, 1).paragraphs[0].runs[0].text = "vier gesprekken, 31 deelnemers"
    row = table.add_row()
    row.cells[0].text, row.cells[1].text = "Verslagleggers", "Studenten van de hogeschool"


@allowed
def a_table_of_three_columns_is_added(document: Document) -> None:
    table = document.add_table(rows=2, cols=3)
    for row, texts in zip(table.rows, (("wie", "wat", "wanneer"), ("bewoners", "koken", "mei")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    styled(document, "Onderwerp")[3]._p.addprevious(table._tbl)


@allowed
def a_kader_is_added(document: Document) -> None:
    title = add_after(styled(document, "Citaat")[-1], "De soeptafel", "Kadertitel")
    add_after(title, "Elke vrijdag staat er een pan op het plein, voor wie langskomt.", "Kadertekst")


@allowed
def a_text_box_is_drawn(document: Document) -> None:
    box = (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
        '<v:shape style="width:200pt;height:60pt"><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>Let op: concept voor de wijkraad</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    styled(document, "Normal")[0]._p.append(parse_xml(box))


@allowed
def words_are_set_in_bold(document: Document) -> None:
    styled(document, "Normal")[0].add_run(" Dit is belangrijk.").bold = True


# ---------------------------------------------------------------------- comments, tracked changes


@allowed
def comments_are_left(document: Document) -> None:
    document.add_comment(styled(document, "Citaat")[0].runs, "Mag dit van haar?", "Redacteur", "R")
    document.add_comment(styled(document, "Onderwerp")[1].runs, "Graag korter.\nOf weg.", "Eindredactie", "E")
    document.add_comment(document.tables[0].cell(0, 1).paragraphs[0].runs, "Klopt dit getal?", "Redacteur", "R")


@allowed
def an_insertion_waits_to_be_accepted(document: Document) -> None:
    styled(document, "Normal")[0]._p.append(parse_xml(tracked("ins", " Dit voegt de redactie toe.")))


@allowed
def a_deletion_waits_to_be_accepted(document: Document) -> None:
    run = styled(document, "Normal")[0].runs[0]
    run._r.addnext(parse_xml(tracked("del", run.text)))
    run.text = "Deze zin blijft."


# ------------------------------------------------------------------------------- quotes, allowed


@allowed
def a_sentence_is_cut_out_of_a_quote(document: Document) -> None:
    quote, sentences = plain_quote(document, 3)
    say(quote, f"{sentences[0]} {sentences[1]}", f"{sentences[0]} […]")


@allowed
def a_quote_stops_a_sentence_sooner(document: Document) -> None:
    quote, sentences = plain_quote(document, 2)
    say(quote, f" {sentences[-1]}", "")


@allowed
def a_quote_begins_with_an_ellipsis(document: Document) -> None:
    quote, sentences = plain_quote(document, 2)
    say(quote, sentences[0], "...")


@allowed
def a_word_is_added_between_brackets(document: Document) -> None:
    quote, sentences = plain_quote(document, 2)
    say(quote, f" {sentences[1]}", f" [daar] {sentences[1]}")


@allowed
def a_quote_is_split_over_two_paragraphs(document: Document) -> None:
    quote, sentences = plain_quote(document, 2)
    rest = copy.deepcopy(quote._p)
    for element in rest.xpath("w:bookmarkStart | w:bookmarkEnd"):
        rest.remove(element)
    second = Paragraph(rest, quote._parent)
    second.runs[0].text = f"{' '.join(sentences[1:])}’"
    quote.runs[0].text = f"‘{sentences[0]}"
    quote._p.remove(quote.runs[-1]._r)
    quote._p.addnext(rest)


@allowed
def the_marks_of_a_quote_become_straight(document: Document) -> None:
    quote = styled(document, "Citaat")[0]
    say(quote, "‘", '"')
    say(quote, "’", '"')


@allowed
def word_makes_every_apostrophe_curly(document: Document) -> None:
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if "'" in run.text:
                run.text = run.text.replace("'", "’")


@allowed
def a_quote_is_typed_anew_word_for_word(document: Document) -> None:
    quote = styled(document, "Citaat")[1]
    retype(quote, quote.text)


@allowed
def the_quotes_lose_their_style(document: Document) -> None:
    for quote in styled(document, "Citaat")[:6]:
        quote.style = "Normal"


@allowed
def everything_loses_its_style(document: Document) -> None:
    for paragraph in document.paragraphs:
        paragraph.style = "Normal"


@allowed
def a_quote_is_used_a_second_time(document: Document) -> None:
    quote = styled(document, "Citaat")[0]
    again = copy.deepcopy(quote._p)
    for element in again.xpath("w:bookmarkStart | w:bookmarkEnd"):
        again.remove(element)
    styled(document, "Onderwerp")[-1]._p.addnext(again)


@allowed
def the_dialogue_alone_is_named(document: Document) -> None:
    quote = next(q for q in styled(document, "Citaat") if re.search(r"\(.+, dialoog \d+\)\Z", q.text))
    said = quote.runs[-1]
    said.text = re.sub(r"\(.+, (dialoog \d+)\)", r"(\1)", said.text)


@allowed
def words_are_put_behind_a_quote(document: Document) -> None:
    styled(document, "Citaat")[0].add_run(" Dat hoorden we vaker, ook buiten de gesprekken.")


@allowed
def words_are_put_before_a_quote_that_is_typed_anew(document: Document) -> None:
    quote = styled(document, "Citaat")[1]
    retype(quote, f"Een ander knikte toen. {quote.text}")


@allowed
def two_quotes_stand_in_one_paragraph_with_words_between(document: Document) -> None:
    first, second = next(
        (one, other)
        for one, other in pairwise(document.paragraphs)
        if one.style is not None and other.style is not None and one.style.name == other.style.name == "Citaat"
    )
    first.add_run(" Anderen zagen het anders. ")
    for element in [e for e in second._p if e.tag != qn("w:pPr")]:
        first._p.append(element)
    first.add_run(" Zo bleef het gaan.")
    remove(second)


@allowed
def words_are_put_behind_a_quote_that_lost_its_marks(document: Document) -> None:
    quote = styled(document, "Citaat")[0]
    retype(quote, f"{words_of(quote)} {quote.text[quote.text.rindex('(') :]} Dat bleef niet bij een keer.")


# ---------------------------------------------------------------------------- quotes, not allowed


@forbidden
def a_word_of_a_quote_is_replaced(document: Document) -> None:
    quote = styled(document, "Citaat")[0]
    word = re.findall(r"\b\w{6,}\b", words_of(quote))[1]
    say(quote, word, "kantoorgebouw")


@forbidden
def a_word_is_added_to_a_quote(document: Document) -> None:
    quote, sentences = plain_quote(document, 2)
    say(quote, sentences[1], f"Echt waar. {sentences[1]}")


@forbidden
def words_are_dropped_without_a_mark(document: Document) -> None:
    quote = next(quotes(document, sentences=1))
    four = re.search(r"\w+ (\w+ \w+ )\w+ \w+", words_of(quote))
    assert four
    say(quote, four[1], "")


@forbidden
def a_denial_is_hidden_behind_an_ellipsis(document: Document) -> None:
    quote = next(quotes(document, r"\w niet \w"))
    say(quote, " niet ", " […] ")


@forbidden
def a_denial_is_dropped(document: Document) -> None:
    quote = next(quotes(document, r"\w niet \w"))
    say(quote, " niet ", " ")


@forbidden
def a_quote_gets_another_dialogue(document: Document) -> None:
    quote = next(q for q in styled(document, "Citaat") if q.text.endswith("dialoog 1)"))
    said = quote.runs[-1]
    said.text = said.text.replace("dialoog 1)", "dialoog 3)")


@forbidden
def two_people_speak_as_one(document: Document) -> None:
    first, *_, second = quotes(document)
    say(first, words_of(first), f"{words_of(first)} […] {words_of(second)}")


@forbidden
def a_quote_is_invented(document: Document) -> None:
    words = "‘Geef de sleutel van de kerk maar aan ons, dan bakken wij de wafels zelf.’ (koster, dialoog 2)"
    add_after(styled(document, "Citaat")[2], words, "Citaat")


@forbidden
def a_quote_is_invented_in_running_text(document: Document) -> None:
    words = " ‘De burgemeester heeft ons toen een eigen veerboot beloofd’, zei een bakker (bakker, dialoog 2)."
    styled(document, "Normal")[1].add_run(words)


@forbidden
def a_quote_is_typed_anew_from_memory(document: Document) -> None:
    quote = styled(document, "Citaat")[1]
    words = words_of(quote)
    retype(quote, quote.text.replace(words, " ".join([*words.split()[:-3], "zo ging dat daar toen"])))


@forbidden
def a_change_in_a_quote_waits_to_be_accepted(document: Document) -> None:
    quote = styled(document, "Citaat")[0]
    run = quote.runs[0]
    middle = len(run.text) // 2
    before, after = run.text[:middle].rsplit(" ", 1)[0], run.text[middle:].split(" ", 1)[1]
    dropped = run.text[len(before) : len(run.text) - len(after) - 1]
    rest = copy.deepcopy(run._r)
    run._r.addnext(rest)
    run._r.addnext(parse_xml(tracked("ins", " veel drukker")))
    run._r.addnext(parse_xml(tracked("del", dropped)))
    run.text = before
    rest.find(qn("w:t")).text = f" {after}"
    rest.find(qn("w:t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
