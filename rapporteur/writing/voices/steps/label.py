"""Step 2a: the section of doubtful fragments, asked of a model. What the words and the round make clear is not asked.

A fragment is doubtful where its best section hardly beats the second, or where none fits well. The model chooses
between those two and none, so that it can only tip a balance. Fragments between the same two sections are asked
together: a section that is written again asks for the same portions, whose answers are there already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial

from rapporteur.types import SECTION_KEYS, Judgement, SectionKey
from rapporteur.writing import prompts
from rapporteur.writing.outline.plan import relabelled
from rapporteur.writing.voices.asking import Task
from rapporteur.writing.voices.rules import Answer, Invalid, list_of, object_schema, one_of, read
from rapporteur.writing.voices.sections import NONE, described
from rapporteur.writing.voices.shown import Mask, Shown, in_portions

CLOSE = 0.2  # between the two best sections: nearer is doubtful
SURE = 0.5  # a best section below this is doubtful
_MOST = 30  # fragments a call: a model loses count in long lists
_PLACED = 0.5  # of the fragments that were shown, how many an answer must speak of

Pair = tuple[SectionKey, SectionKey]


class _Label(Answer):
    fragment: str
    section: str


class _Labels(Answer):
    labels: list[_Label]


def tasks(theme: str, judgements: Iterable[Judgement], mask: Mask, only: Collection[SectionKey]) -> list[_Task]:
    """What to ask of the doubtful fragments that may belong in one of the sections `only`."""
    prompt = prompts.load("label_fragments.v1")
    between: defaultdict[Pair, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        pair = doubtful(judgement)
        if pair and set(pair) & set(only):
            between[pair].append(judgement)
    found: list[_Task] = []
    for pair, members in sorted(between.items()):
        portions = (members[start : start + _MOST] for start in range(0, len(members), _MOST))
        for portion in (shown for few in portions for shown in in_portions(few, mask)):
            found.append(
                Task(
                    f"label {'/'.join(pair)} {len(found) + 1}",
                    prompt,
                    tuple(prompt.render(theme=theme, sections=described(pair), fragments=portion.fragments)),
                    schema(portion, pair),
                    partial(labels_in, shown=portion, pair=pair),
                )
            )
    return found


def doubtful(judgement: Judgement) -> Pair | None:
    """The two sections it stands between; None where it is no doubt, or noise."""
    if judgement.section is None or judgement.use != "quote":
        return None
    ranked = sorted(judgement.sections, key=lambda key: (-judgement.sections[key], SECTION_KEYS.index(key)))
    best, second = ranked[:2]
    close = judgement.sections[best] - judgement.sections[second] < CLOSE
    if not (close or judgement.sections[best] < SURE):
        return None
    first, other = sorted((best, second), key=SECTION_KEYS.index)
    return first, other


def schema(shown: Shown, pair: Pair) -> Mapping[str, object]:
    fragment = one_of(each.number for each in shown.fragments)
    return object_schema(labels=list_of(object_schema(fragment=fragment, section=one_of((*pair, NONE)))))


def labels_in(answer: str, shown: Shown, pair: Pair) -> dict[str, SectionKey | None]:
    """The section by fragment id, None for noise. Raises: Invalid."""
    allowed: dict[str, SectionKey | None] = {**{key: key for key in pair}, NONE: None}
    found: dict[str, SectionKey | None] = {}
    wrong = []
    for label in read(_Labels, answer).labels:
        if label.fragment not in shown.judgements:
            wrong.append(f"fragment {label.fragment[:12]} bestaat niet.")
        elif label.section not in allowed:
            wrong.append(f"{label.fragment}: kies uit {', '.join(allowed)}.")
        else:
            found.setdefault(shown.judgements[label.fragment].fragment.id, allowed[label.section])
    if len(found) < _PLACED * len(shown.fragments):
        wrong.append("Geef elk fragment een deel.")
    if wrong:
        raise Invalid(" ".join(wrong[:5]))
    return found


def applied(judgements: Sequence[Judgement], labels: Mapping[str, SectionKey | None]) -> tuple[Judgement, ...]:
    """The judgements with the model's sections for those it spoke of."""
    return tuple(
        relabelled(judgement, labels[judgement.fragment.id], "the language model")
        if judgement.fragment.id in labels
        else judgement
        for judgement in judgements
    )


_Task = Task[dict[str, SectionKey | None]]
