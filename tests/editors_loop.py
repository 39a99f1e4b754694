"""Editors at work on one small report, as a hypothesis state machine over a real store, real files and real processes.

They draft, write sections and topics anew, lock, work in Word files (old ones too), put revisions back, save at once
from the same revision and are killed while they save. After every step the store must hold all that was ever reported
as saved, and nothing may have changed that was not to change.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path
from threading import Barrier
from typing import Any

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from rapporteur import wiring
from rapporteur.errors import Conflict, NothingToReport, PartLocked, PartUnknown, RapporteurError
from rapporteur.pipeline import drafting, importing, redrafting, revisions
from rapporteur.pipeline.importing import Imported
from rapporteur.pipeline.redraft.request import Asked
from rapporteur.pipeline.redrafting import Redraft
from rapporteur.sources.store import Store
from rapporteur.types import Block, Report, Revision, Section
from rapporteur.writing import parts
from rapporteur.writing import report as reports
from rapporteur.writing.export.interface import quotes_of
from rapporteur.writing.export.registry import exporter_for
from rapporteur.writing.outline.template import CITIZENS
from rapporteur.writing.voices.extractive import ExtractiveVoice
from tests.conftest import REPOSITORY
from tests.workspaces import index, settings_for, write_record

THEME = "plein"
KEYS = ("knel", "kiem", "dromen", "ideeen")
INSTRUCTIONS = (
    "",
    "minder citaten",
    "meer citaten",
    "kortere citaten",
    "zonder de bankjes",
    "meer van ouderen",
    "alleen dialoog 2",
    "meer over de bankjes",
    "gewoon beter",
)
WORKSPACE = "werk"
SAID = (
    (
        ("Bo Vink", "kapper"),
        "Ik miste de bankjes op het plein. Het was er maandenlang stil, en ik maakte mij zorgen over de buren.",
        "Wij zaten samen op de stoep met koffie. Dat was fijn, en zo leerde ik de mensen van hiernaast kennen.",
        "Mijn droom is een plein waar altijd iemand zit. Kinderen spelen er, en wie alleen is komt erbij.",
        "Mijn idee is dat de gemeente elke straat een lange tafel geeft. Dan kunnen bewoners er samen eten.",
    ),
    (
        ("Ans Roos", "mantelzorger"),
        "De bankjes waren weg en ik kon nergens meer uitrusten. Dat was zwaar, en ik bleef steeds vaker thuis.",
        "Een buurman zette elke ochtend zijn eigen stoel buiten. Iedereen mocht erop zitten, dat gaf mij veel hoop.",
        "Ik hoop dat er over tien jaar weer een kiosk staat. Daar drink je koffie en hoor je hoe het gaat.",
        "De gemeente zou de bankjes kunnen terugzetten in de schaduw. Bewoners willen ze zelf wel schilderen.",
    ),
    (
        ("Cor Baan", "gepensioneerd postbode"),
        "Het plein is nu vooral een parkeerplaats. Ik vind het jammer, want oudere mensen durven er niet te lopen.",
        "Tijdens de lockdown ging er een soepketel rond op het plein. Dat was een lichtpunt voor de hele straat.",
        "Ik droom van een plein zonder auto's. Er staat dan een boom in het midden, met een ronde bank eromheen.",
        "Een idee is om op zondag de auto's te weren. Probeer het een zomer lang en vraag daarna wat men vindt.",
    ),
    (
        ("Mia Dol", "studente"),
        "Als nieuwe bewoner kende ik niemand op het plein. Het is lastig om zomaar iemand aan te spreken.",
        "Wij hebben met de flat een plantenruil bedacht. Dat werkte goed, en nu groeten de mensen elkaar.",
        "Het zou mooi zijn als er altijd muziek klinkt op het plein. Ik zie dan jong en oud samen dansen.",
        "Wij kunnen een prikbord ophangen bij de kiosk. Wie hulp zoekt hangt er een kaartje op.",
    ),
)

# Saves a revision, and says where it is and waits to be killed: before it is committed, or after.
_SAVE = """
import json, sys, time
from sqlalchemy import event
from rapporteur.sources.store import Store
from rapporteur.types import Origin
url, theme, moment = sys.argv[1:]
def here(*_):
    print(moment, flush=True)
    time.sleep(600)
store = Store.open(url)
if moment == "commit":
    event.listen(store._engine, "commit", here)
elif moment == "insert":
    event.listen(store._engine, "after_cursor_execute", lambda *a: here() if a[2].startswith("INSERT") else None)
report, base = json.load(sys.stdin)
store.save_revision(theme, "2022-06-01", "killed", report, origin=Origin("import", "Bo", base), expected=base)
here()
"""


@dataclass(frozen=True, slots=True)
class Exported:
    """A Word file that an editor has: the revision it was exported from, and its bytes."""

    number: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """What a lock was on when it was locked: the blocks as the store keeps them, or a sentence's words."""

    block: str
    words: str
    blocks: tuple[str, ...]


def indexed(folder: Path) -> Path:
    """A workspace with the records of one theme, to copy for each sequence."""
    root = folder / "indexed"
    for dialogue, tellers in enumerate((SAID[:2], SAID[2:]), 1):
        said = [(who, role, text) for n in range(1, 5) for (who, role), *texts in tellers for text in [texts[n - 1]]]
        write_record(root / "corpus", THEME, dialogue, said)
    index(settings_for(root))
    return root


# -------------------------------------------------------------------------------------------------- reports


def serialised(block: Block) -> str:
    """A block as the store keeps it."""
    whole = Report("", "", "", "", "", "", "", (Section("", "", (block,)),))
    return json.dumps(reports.to_json(whole)["sections"][0]["blocks"][0], sort_keys=True)


def blocks_of(report: Report) -> dict[str, Block]:
    return {block.id: block for section in report.sections for block in section.blocks}


def section_of(report: Report, key: str) -> Section:
    return next(section for section in report.sections if section.key == key)


def quoted(section: Section) -> list[str]:
    return [block.quote.fragment for block in section.blocks if block.quote]


# -------------------------------------------------------------------------------------------- edits in Word

Edit = Callable[[Document, int], None]


def _of_style(document: Document, style: str) -> list[Paragraph]:
    return [p for p in document.paragraphs if p.style is not None and p.style.name == style]


def _a_sentence_is_changed(document: Document, which: int) -> None:
    topics = _of_style(document, "Onderwerp")
    if topics:
        topics[which % len(topics)].add_run(" Zo zei de redactie het liever.")


def _a_paragraph_moves(document: Document, which: int) -> None:
    quotes, topics = _of_style(document, "Citaat"), _of_style(document, "Onderwerp")
    if quotes and topics:
        topics[which % len(topics)]._p.addnext(quotes[(which * 7 + 3) % len(quotes)]._p)


def _a_quote_is_shortened(document: Document, which: int) -> None:
    quotes = [q for q in _of_style(document, "Citaat") if re.search(r"[^.]+\. [^.]+\.’", q.text)]
    if quotes:
        run = next(run for run in quotes[which % len(quotes)].runs if ". " in run.text)
        run.text = f"{run.text.split('. ')[0]}. […]{run.text[run.text.index('’') :] if '’' in run.text else ''}"


def _a_quote_is_retyped(document: Document, which: int) -> None:
    quotes = _of_style(document, "Citaat")
    if quotes:
        old = quotes[which % len(quotes)]
        words = old.text
        new = old.insert_paragraph_before(words if which % 2 else words.replace(" de ", " onze ", 1))
        new.style = old.style
        old._p.getparent().remove(old._p)


def _a_comment_is_left(document: Document, which: int) -> None:
    topics = _of_style(document, "Onderwerp")
    if topics:
        document.add_comment(topics[which % len(topics)].runs, "Klopt dit?", "Redacteur", "R")


def _a_paragraph_is_taken_out(document: Document, which: int) -> None:
    found = _of_style(document, "Citaat") + _of_style(document, "Onderwerp")
    if len(found) > 4:
        paragraph = found[which % len(found)]._p
        paragraph.getparent().remove(paragraph)


def _a_paragraph_is_added(document: Document, which: int) -> None:
    topics = _of_style(document, "Onderwerp")
    if topics:
        topics[which % len(topics)].insert_paragraph_before("Dit voegde een redacteur toe, uit eigen kennis.")


EDITS: tuple[Edit, ...] = (
    _a_sentence_is_changed,
    _a_paragraph_moves,
    _a_quote_is_shortened,
    _a_quote_is_retyped,
    _a_comment_is_left,
    _a_paragraph_is_taken_out,
    _a_paragraph_is_added,
)


# ------------------------------------------------------------------------------------------------ the machine


class EditorsLoop(RuleBasedStateMachine):
    """`saved` is every revision that was ever reported as saved, as the store must still have it.

    `counts` is of all sequences together: what came of the steps.
    """

    def __init__(self, workspace: Path, folder: Path, counts: Counter[str]) -> None:
        super().__init__()
        self.counts = counts
        self.root = folder / WORKSPACE
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(workspace, self.root)
        self.settings = settings_for(self.root)
        self.store: Store = wiring.store(self.settings)
        self.embedder = wiring.embedder(self.settings)
        self.fragments = {fragment.id: fragment.text for fragment in self.store.fragments(THEME)}
        self.saved: dict[int, str] = {}
        self.looked_at: set[int] = set()
        self.held: dict[str, Held] = {}
        self.exported: list[Exported] = []
        self.by_editors: set[str] = set()
        self.killed = False

    def teardown(self) -> None:
        try:
            if self.saved:
                self._everything_can_be_put_back()
        finally:
            self.store.close()

    # ------------------------------------------------------------------------------------------- steps

    @initialize()
    def first(self) -> None:
        self._draft()

    @rule()
    def draft(self) -> None:
        if not self.held:
            self._draft()
            return
        try:
            self._draft()
        except PartLocked:
            self.counts["draft refused: locked"] += 1
            return
        raise AssertionError("a report of which parts are locked was drafted anew")

    @rule(
        key=st.sampled_from(KEYS),
        instruction=st.sampled_from(INSTRUCTIONS),
        seed=st.one_of(st.none(), st.integers(0, 5)),
        of_topic=st.booleans(),
        picks=st.tuples(st.integers(0, 9), st.integers(0, 9)),
        keeps=st.booleans(),
        drops=st.booleans(),
    )
    def redraft(
        self,
        key: str,
        instruction: str,
        seed: int | None,
        of_topic: bool,
        picks: tuple[int, int],
        keeps: bool,
        drops: bool,
    ) -> None:
        base = self._last()
        if key not in {section.key for section in base.report.sections}:
            return
        section = section_of(base.report, key)
        topics = [block.id for block in section.blocks if block.kind == "topic"]
        topic = topics[picks[0] % len(topics)] if of_topic and topics else ""
        names = [b.id for b in section.blocks if b.kind == "quote" and b.quote and b.id.startswith(topic or key)]
        keep = (names[picks[0] % len(names)],) if keeps and names else ()
        drop = (names[picks[1] % len(names)],) if drops and names else ()
        if set(keep) & set(drop):
            drop = ()
        asked = Asked(topic, instruction, keep, drop, seed)
        try:
            result = self._redraft(base, key, asked)
        except (PartLocked, NothingToReport, PartUnknown) as refusal:
            assert self._last() == base
            self.counts[f"redraft refused: {type(refusal).__name__}"] += 1
            return
        self._report(result.revision)
        self.counts["redraft saved" if result.revision else "redraft: nothing different"] += 1
        self._only_what_was_told_changed(base, key, topic, result)
        self._kept_and_dropped(base, key, asked, result)

    @rule(picks=st.integers(0, 200), kind=st.sampled_from(("section", "topic", "block", "sentence")))
    def lock(self, picks: int, kind: str) -> None:
        report = self._last().report
        names = {
            "section": [section.key for section in report.sections],
            "topic": [block.id for block in blocks_of(report).values() if block.kind == "topic"],
            "block": list(blocks_of(report)),
            "sentence": [f"{block.id}:1" for block in blocks_of(report).values() if block.text],
        }[kind]
        if not names:
            return
        part = names[picks % len(names)]
        revisions.lock(THEME, [part], store=self.store, author="Eef")
        block = part.rpartition(":")[0] if kind == "sentence" else ""
        found = tuple(map(serialised, parts.blocks_of(report, part)))
        self.counts[f"locked a {kind}"] += 1
        self.held[part] = Held(block, parts.sentence(report, part), () if block else found)

    @precondition(lambda self: self.held)
    @rule(pick=st.integers(0, 20))
    def unlock(self, pick: int) -> None:
        part = list(self.held)[pick % len(self.held)]
        revisions.unlock(THEME, [part], store=self.store)
        del self.held[part]

    @rule()
    def export(self) -> None:
        base = self._last()
        content = exporter_for(Path("x.docx")).to_bytes(drafting.render_report(base, self.store))
        self.exported.append(Exported(base.number, content))

    @rule(
        pick=st.integers(0, 4),
        edits=st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 30)), min_size=1, max_size=3),
    )
    def take_in(self, pick: int, edits: Sequence[tuple[Edit, int]]) -> None:
        """Of the last revision, or of an earlier one that a colleague had taken home."""
        if pick < 2 or not self.exported:
            self.export()
        file = self.exported[-1 - pick % len(self.exported)]
        document = docx.Document(BytesIO(file.content))
        for edit, which in edits:
            edit(document, which)
        path = self.root / "bewerkt.docx"
        document.save(str(path))
        before = self._last()
        try:
            taken = importing.import_report(path, store=self.store, author="Mo")
        except PartLocked:
            assert self._last() == before
            self.counts["import refused: locked"] += 1
            return
        if taken.number is None:
            assert self._last() == before
            self.counts["import: nothing different"] += 1
            return
        self.counts[f"import saved{', in conflict' if taken.conflict else ', joined' if taken.joined else ''}"] += 1
        now = self._last()
        assert now.number == taken.number
        self._report(now)
        self.by_editors |= {serialised(b) for b in blocks_of(now.report).values()} - {
            serialised(b) for b in blocks_of(before.report).values()
        }
        base = drafting.last_revision(THEME, self.store, file.number)
        self._what_the_file_left_alone_is_as_others_left_it(base, before, now, taken)

    @rule(pick=st.integers(0, 30))
    def restore(self, pick: int) -> None:
        number = sorted(self.saved)[pick % len(self.saved)]
        before = self._last()
        try:
            revision = revisions.restore(THEME, number, store=self.store)
        except PartLocked:
            assert self._last() == before
            self.counts["restore refused: locked"] += 1
            return
        self._report(revision)
        self.counts["restored" if revision else "restore: nothing different"] += 1
        assert (revision is None) == (self._stored(before.number) == self.saved[number])
        assert self._stored((revision or before).number) == self.saved[number]

    @rule(
        keys=st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)),
        seeds=st.tuples(st.integers(0, 9), st.integers(0, 9)),
    )
    def two_write_at_once(self, keys: tuple[str, str], seeds: tuple[int, int]) -> None:
        base = self._last()
        start = Barrier(2)

        def write(key: str, seed: int) -> Redraft | RapporteurError:
            start.wait()
            try:
                return self._redraft(base, key, Asked(seed=seed, instruction="minder citaten"))
            except RapporteurError as error:
                return error

        with ThreadPoolExecutor(2) as pool:
            ends = list(pool.map(write, keys, seeds))
        self.counts.update(
            f"two writers: {'saved' if isinstance(end, Redraft) else type(end).__name__}" for end in ends
        )
        numbers = [end.number for end in ends if isinstance(end, Conflict)]
        numbers += [end.revision.number for end in ends if isinstance(end, Redraft) and end.revision]
        assert sorted(numbers) == list(range(base.number + 1, base.number + 1 + len(numbers))), ends
        assert sum(isinstance(end, Conflict) for end in ends) == max(0, len(numbers) - 1), ends
        for number in sorted(numbers):
            revision = drafting.last_revision(THEME, self.store, number)
            assert revision.origin.parent == base.number
            self._report(revision)

    @precondition(lambda self: not self.killed)
    @rule(moment=st.sampled_from(("insert", "commit", "saved")))
    def kill(self, moment: str) -> None:
        """Once a sequence: a process takes a while to start."""
        self.killed = True
        last = self._last()
        report = reports.to_json(replace(last.report, comments=()))
        process = subprocess.Popen(
            [sys.executable, "-c", _SAVE, self.settings.database_url, THEME, moment],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        )
        with process:
            assert process.stdin and process.stdout
            json.dump([report, last.number], process.stdin)
            process.stdin.close()
            assert process.stdout.readline().strip() == moment
            process.kill()
        self.counts[f"killed at {moment}"] += 1
        if moment == "saved":
            self._report(self._last())
            assert self._last().number == last.number + 1
        assert len(self.store.history(THEME)) == len(self.saved)

    # -------------------------------------------------------------------------------------- after each step

    @invariant()
    def all_that_was_reported_as_saved_is_there_and_nothing_else(self) -> None:
        stored = {one.number: json.dumps(one.report, sort_keys=True) for one in self.store.revisions(THEME)}
        assert stored == self.saved
        assert list(stored) == list(range(1, len(stored) + 1))

    @invariant()
    def every_revision_can_be_printed_and_all_its_quotes_are_cut_from_the_store(self) -> None:
        for number in sorted(self.saved.keys() - self.looked_at):
            revision = drafting.last_revision(THEME, self.store, number)
            rendered = drafting.render_report(revision, self.store)
            assert exporter_for(Path("x.md")).to_bytes(rendered)
            typed = {b.id for b in blocks_of(revision.report).values() if serialised(b) in self.by_editors}
            for quote in quotes_of(rendered.items):
                if quote.id not in typed and quote.id.removesuffix("-c1") not in typed:
                    whole = self.fragments[quote.fragment].replace("'", "’")
                    cuts = [cut.strip(" ….") for cut in re.split(r"\[…\]", quote.text)]
                    assert all(cut.replace("'", "’") in whole for cut in cuts), (quote, whole)
            self._is_well_formed(revision.report)
            self.looked_at.add(number)
            self.counts["revisions"] += 1

    @invariant()
    def what_is_locked_is_as_it_was(self) -> None:
        if not self.saved:
            return
        report = self._last().report
        for part, held in self.held.items():
            if held.words:
                assert held.words in blocks_of(report)[held.block].text, part
            else:
                assert tuple(map(serialised, parts.blocks_of(report, part))) == held.blocks, part

    # ------------------------------------------------------------------------------------------------ inside

    def _last(self) -> Revision:
        return drafting.last_revision(THEME, self.store)

    def _stored(self, number: int) -> str:
        found = self.store.revision(THEME, number)
        assert found is not None
        return json.dumps(found.report, sort_keys=True)

    def _report(self, revision: Revision | None) -> None:
        """Note what was reported as saved, as it was reported."""
        if revision is not None:
            self.saved[revision.number] = json.dumps(_as_stored(revision.report), sort_keys=True)

    def _draft(self) -> None:
        drafted = drafting.draft_report(
            THEME, store=self.store, embedder=self.embedder, template=CITIZENS, voice=ExtractiveVoice()
        )
        self._report(drafted.revision)
        self.counts["draft saved"] += 1

    def _redraft(self, base: Revision, key: str, asked: Asked) -> Redraft:
        return redrafting.redraft_section(
            base,
            key,
            asked,
            store=self.store,
            embedder=self.embedder,
            template=CITIZENS,
            voice=ExtractiveVoice(),
        )

    @staticmethod
    def _is_well_formed(report: Report) -> None:
        ids = [block.id for section in report.sections for block in section.blocks]
        assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
        keys = [section.key for section in report.sections]
        assert len(keys) == len(set(keys))

    @staticmethod
    def _only_what_was_told_changed(base: Revision, key: str, topic: str, result: Redraft) -> None:
        before, after = blocks_of(base.report), blocks_of(result.report)
        told = {*result.changed, *result.gone, *result.recomputed}
        rest = [{i: serialised(b) for i, b in each.items() if i not in told} for each in (before, after)]
        assert rest[0].items() <= rest[1].items()
        appeared = rest[1].keys() - rest[0].keys()
        assert not appeared, appeared
        changed = {i for i in before if i not in after or before[i] != after[i]}
        own = {b.id for r in (base.report, result.report) for b in section_of(r, key).blocks}
        leaning = {i for i in changed - own if not i.startswith("samenvatting-") and "-kop" not in i}
        assert leaning <= set(result.recomputed), leaning
        if topic:
            assert {i for i in changed & own if not i.startswith(topic)} <= set(result.recomputed)

    def _kept_and_dropped(self, base: Revision, key: str, asked: Asked, result: Redraft) -> None:
        before, after = blocks_of(base.report), blocks_of(result.report)
        dropped = set(result.report.dropped)
        for name in asked.keep:
            quote = before[name].quote
            assert quote and quote.fragment in quoted(section_of(result.report, key)), name
            assert quote.fragment not in dropped
        for name in asked.drop:
            quote = before[name].quote
            assert quote and quote.fragment in dropped
            assert quote.fragment not in quoted(section_of(result.report, key))
        kept = {quote.fragment for name in asked.keep if (quote := before[name].quote)}
        assert set(base.report.dropped) - kept <= dropped
        made = [b for i, b in after.items() if before.get(i) != b and b.quote]
        assert not dropped & {b.quote.fragment for b in made if b.quote}

    def _what_the_file_left_alone_is_as_others_left_it(
        self, base: Revision, before: Revision, now: Revision, taken: Imported
    ) -> None:
        """A section that the file has as its base has it is that of the last revision, unless sections came or went."""
        keys = [[section.key for section in each.report.sections] for each in (base, before, taken.returned)]
        if keys[0] == keys[1] == keys[2]:
            for key in keys[0]:
                if section_of(taken.returned.report, key) == section_of(base.report, key):
                    assert section_of(now.report, key) == section_of(before.report, key), key
        touched = {change.block for change in taken.returned.changes}
        for name, block in blocks_of(taken.returned.report).items():
            if name not in touched and name in blocks_of(base.report):
                assert serialised(block) == serialised(blocks_of(base.report)[name]), name

    def _everything_can_be_put_back(self) -> None:
        if self.held:
            revisions.unlock(THEME, list(self.held), store=self.store)
        for number, report in sorted(self.saved.items()):
            revision = revisions.restore(THEME, number, store=self.store) or self._last()
            assert self._stored(revision.number) == report
        last = drafting.last_revision(THEME, self.store)
        assert exporter_for(Path("x.docx")).to_bytes(drafting.render_report(last, self.store))


def _as_stored(report: Report) -> Any:
    return json.loads(json.dumps(reports.to_json(report)))


def loops(folder: Path, counts: Counter[str]) -> Callable[[], EditorsLoop]:
    """A maker of machines that all work on copies of one workspace."""
    return partial(EditorsLoop, indexed(folder), folder, counts)
