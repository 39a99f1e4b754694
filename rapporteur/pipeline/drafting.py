"""A theme to a saved report, and a saved report to something that can be printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from rapporteur.errors import NothingToReport, RapporteurError
from rapporteur.pipeline import editing
from rapporteur.pipeline.judging import ThemeCorpus, judge_theme, load_theme
from rapporteur.progress import SILENT, Progress
from rapporteur.types import SECTION_KEYS, Judgement, Origin, Revision, SectionKey

if TYPE_CHECKING:
    from rapporteur.sources.embedding.interface import Embedder
    from rapporteur.sources.store import Store
    from rapporteur.writing.export.interface import RenderedReport
    from rapporteur.writing.facts import SessionFacts
    from rapporteur.writing.outline.plan import Outline, TopicGroup
    from rapporteur.writing.outline.template import ReportTemplate
    from rapporteur.writing.unused import Unused
    from rapporteur.writing.voices.interface import Planner, Voice
    from rapporteur.writing.voices.llm import Estimate, LLMVoice


_Drafted = TypeVar("_Drafted")


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted report: the saved revision, and the outline it was written from."""

    revision: Revision
    outline: Outline
    unused: tuple[Unused, ...]


def draft_report(
    theme: str,
    *,
    store: Store,
    embedder: Embedder,
    template: ReportTemplate,
    voice: Voice,
    programme: str = "",
    author: str = "",
    with_ledger: bool = False,
    now: datetime | None = None,
    progress: Progress = SILENT,
    turn: AbstractContextManager[object] = nullcontext(),
) -> Draft:
    """Draft all sections of a theme's report and save it as a revision.

    `with_ledger` adds a last page that says which quotable fragments stayed out. `turn` is held while all fragments are
    judged: of several themes at once, the first asks its model while the next is judged.
    Raises: ThemeUnknown; NothingToReport; PartLocked, before any work, where an editor locked a part of the last one.
    """
    from rapporteur.writing import facts, report, unused

    moment = now or datetime.now(UTC)
    drafted = moment.isoformat(timespec="seconds")
    editing.require_unlocked(theme, store)
    stage = f"drafting {theme}"
    progress.beside(stage, 4)
    with turn:
        corpus = load_theme(theme, store, embedder)
        progress.advance(what=stage)
        judgements = judge_theme(corpus, template, store, embedder)
        progress.advance(what=stage)
    outline = voice.outline(theme, judgements, _planner(corpus), SECTION_KEYS)
    if not any(outline.topics.values()):
        raise NothingToReport(f"The theme '{theme}' has no fragment that can be quoted.", where=theme)
    sessions = facts.gather(corpus.records, programme)
    context = report.Context(theme, template.id, drafted, sessions, corpus.records, store.fingerprints(theme))
    drafted_report = report.assemble(context, outline, voice.name, voice.compose(outline, template, sessions))
    left = unused.unused(outline.judgements, frozenset(report.fragments_of(drafted_report)))
    if with_ledger:
        drafted_report = replace(drafted_report, sections=(*drafted_report.sections, unused.as_section(left)))
    progress.advance(what=stage)
    reason = "first draft" if store.revision(theme) is None else "drafted again"
    origin = editing.with_spent(Origin("draft", author), voice)
    revision = editing.save(theme, drafted_report, origin, store=store, reason=reason, now=moment)
    progress.advance(what=stage)
    return Draft(revision, outline, left)


def draft_side_by_side(
    themes: Sequence[str], draft: Callable[[str], _Drafted], *, at_once: int
) -> list[_Drafted | RapporteurError]:
    """Draft several themes, so many at once; in the order given, an error in the place of a theme that failed.

    With a language model most of the time is waiting, and one theme's calls fill the gaps of another's.
    """

    def attempt(theme: str) -> _Drafted | RapporteurError:
        try:
            return draft(theme)
        except RapporteurError as error:
            return error

    with ThreadPoolExecutor(max(1, at_once)) as pool:
        futures = [pool.submit(attempt, theme) for theme in themes]
        try:
            return [future.result() for future in futures]
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def plan_theme(
    theme: str, *, store: Store, embedder: Embedder, template: ReportTemplate
) -> tuple[Outline, SessionFacts]:
    """The outline of a theme without a model, and what its records say of their sessions. Raises: ThemeUnknown."""
    from rapporteur.writing import facts

    corpus = load_theme(theme, store, embedder)
    judgements = judge_theme(corpus, template, store, embedder)
    return _planner(corpus)(judgements), facts.gather(corpus.records)


def estimate_draft(
    theme: str, *, store: Store, embedder: Embedder, template: ReportTemplate, voice: LLMVoice
) -> Estimate:
    """What drafting a theme with a language model would ask of it, without a call. Raises: ThemeUnknown."""
    from rapporteur.writing import facts

    corpus = load_theme(theme, store, embedder)
    judgements = judge_theme(corpus, template, store, embedder)
    return voice.estimate(theme, judgements, _planner(corpus), facts.gather(corpus.records))


def _planner(corpus: ThemeCorpus) -> Planner:
    from rapporteur.writing.outline import plan

    def planned(
        judgements: Sequence[Judgement], groups: Mapping[SectionKey, Sequence[TopicGroup]] | None = None
    ) -> Outline:
        return plan.outline(corpus.theme, judgements, corpus.vectors, corpus.host_roles, groups=groups)

    return planned


def last_revision(theme: str, store: Store, number: int | None = None) -> Revision:
    """A saved revision of a theme, by default the last.

    Raises: ThemeUnknown; NothingToReport if there is no such revision.
    """
    from rapporteur.writing import report

    found = store.revision(theme, number)
    if found is None:
        store.fragments(theme)  # says which themes exist, if this is none
        if number and (last := store.revision(theme)):
            raise NothingToReport(
                f"There is no revision {number} of the theme '{theme}': the last is {last.number}.",
                hint=f"`rapporteur history {theme}` lists them.",
            )
        which = f"revision {number}" if number else "draft"
        raise NothingToReport(
            f"There is no {which} of the theme '{theme}' yet.",
            hint=f"Make one with `rapporteur draft {theme}`.",
        )
    return Revision(theme, found.number, found.created, found.reason, report.from_json(found.report), found.origin)


def render_report(revision: Revision, store: Store) -> RenderedReport:
    """A revision with its quotes' words cut out of the stored fragments.

    Raises: NothingToReport when a fragment it quotes is no longer in the corpus.
    """
    from rapporteur.writing import report

    wanted = report.fragments_of(revision.report)
    fragments = store.fragments_by_id(wanted)
    lost = sorted(wanted - set(fragments))
    if lost:
        raise NothingToReport(
            f"This draft quotes fragments that are no longer in the corpus: {len(lost)}, the first '{lost[0]}'.",
            where=f"{revision.theme}, revision {revision.number}",
            hint=f"Draft again with `rapporteur draft {revision.theme}`.",
        )
    rendered = report.render(revision.report, fragments)
    return replace(rendered, properties={**rendered.properties, "revision": str(revision.number)})
