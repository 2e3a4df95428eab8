"""The to-do list of a clinic page: a task a sentence, by what mends it, the gravest first."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup, escape

from claimbook.records import (
    BENEFITS,
    DANGERS,
    Category,
    Claim,
    Flag,
    Occurrence,
    Page,
    Severity,
    Verdict,
)
from claimbook.records.grouping import grouped
from claimbook.records.quotes import slug
from claimbook.rules.check import Report, all_rules
from claimbook.rules.remarks import labels
from claimbook.site.file_formats import csv_file
from claimbook.site.words import (
    VERDICT_WORDS,
    WORDS,
    asked,
    certainty_means,
    flag_sentence,
    truth,
)
from claimbook.vetting.formatters.docx_writer import Paragraph, word_file

GRAVEST = 3  # tasks that stand first, whatever mends them
COLUMNS = (
    *("number", "done", "repair", "verdict", "section", "words", "why", "evidence"),
    *("what to do", "problems", "passage"),
)
# What is told of two passages, or of our own files.
_APART = frozenset({Category.DISAGREEMENT, Category.RECORD})
_NOT_SHOWN: str = WORDS["truth"]["not-shown"][0]
_DETAIL = re.compile(r'("[^"]*"|“[^”]*”)|\s\([^()]*\)')  # in brackets, but not in a quote


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done about a sentence, or about the page as a whole.

    `wording` may take the place of the sentence; where an earlier task offers the same, or has the
    same claim, `wording_of` and `answer_of` are that task's number.
    """

    id: str  # the anchor of its card, by which a browser keeps that it is done
    repair: str  # a key of `WORDS["repairs"]`
    verdict: Verdict
    words: str  # the clinic's; empty for the page as a whole
    why: str
    rules: tuple[str, ...]
    advice: str
    wording: Markup | None = None
    claim: Claim | None = None
    answer: str = ""  # what the evidence says on the claim
    section: str = ""
    number: int = 0
    wording_of: int = 0
    answer_of: int = 0
    sentence: Mapping[str, Any] = field(default_factory=dict)  # all that is shown of it


@dataclass(frozen=True, slots=True)
class ToDo:
    """The tasks of a page, numbered in this order: the gravest, the page's, then by repair."""

    first: Sequence[Task]
    whole: Sequence[Task]
    groups: Mapping[str, Sequence[Task]]

    @property
    def tasks(self) -> list[Task]:
        """Every task in the order of the numbers."""
        return [*self.first, *self.whole, *(task for some in self.groups.values() for task in some)]


def to_do(
    sentences: Iterable[Mapping[str, Any]],
    about_page: Iterable[Flag],
    additions: Mapping[str, str],
    report: Report,
) -> ToDo:
    """The tasks of a page.

    A sentence is one where it is judged, or where a rule warns of it or misses a citation.

    Args:
        sentences: what is shown of each sentence, in reading order (`clinic_pages`).
        about_page: the flags on the page as a whole, without disagreements.
        additions: by the rule of such a flag, wording that tells what it misses.
    """
    found = [task for sentence in sentences for task in _task(sentence, report)]
    found.sort(key=lambda task: _gravity(task, report))
    order = list(WORDS["repairs"])
    rest = sorted(found[GRAVEST:], key=lambda task: order.index(task.repair))
    of_page = [_of_page(flag, additions.get(flag.rule, ""), report) for flag in about_page]
    tasks = list(_numbered([*found[:GRAVEST], *of_page, *rest]))
    whole = [task for task in tasks if not task.words]
    of_sentences = [task for task in tasks if task.words]
    groups = grouped((task.repair, task) for task in of_sentences[GRAVEST:])
    return ToDo(of_sentences[:GRAVEST], whole, groups)


def to_do_csv(to_do: ToDo, page: str) -> str:
    """A row per task, for spreadsheets."""
    rows = (
        {
            "number": task.number,
            "done": "",
            "repair": WORDS["repairs"][task.repair]["title"],
            "verdict": VERDICT_WORDS[task.verdict][0] if task.words else "",
            "section": task.section,
            "words": task.words,
            "why": task.why,
            "evidence": task.answer,
            "what to do": what_to_do(task),
            "problems": " ".join(task.rules),
            "passage": f"{page}.html#{task.id}",
        }
        for task in to_do.tasks
    )
    return csv_file(COLUMNS, ([row[name] for name in COLUMNS] for row in rows))


def to_do_word(
    to_do: ToDo, page: Page, sections: Iterable[tuple[str, Iterable[Mapping[str, Any]]]]
) -> bytes:
    """A page's sentences in reading order as a Word file, each task as a comment in the margin."""
    tasks = {task.id: task for task in to_do.tasks}
    note = WORDS["word-file"].format(page.read)
    about = tuple(f"{task.number}. {task.why} {what_to_do(task)}" for task in to_do.whole)
    paragraphs = [Paragraph(f"{page.clinic}: {page.title}", 1, about), Paragraph(note)]
    for title, sentences in sections:
        paragraphs.append(Paragraph(title, 2))
        for sentence in sentences:
            task = tasks.get(sentence["anchor"])
            paragraphs.append(Paragraph(sentence["quote"], comment=_comment(task) if task else ()))
    return word_file(paragraphs, "claimbook")


def _comment(task: Task) -> tuple[str, ...]:
    title = f"{task.number}. {WORDS['repairs'][task.repair]['title']}"
    verdict = VERDICT_WORDS[task.verdict][0]
    return f"{title} ({verdict}): {task.why}", task.answer, what_to_do(task)


def what_to_do(task: Task) -> str:
    """What mends a task, in one cell."""
    if task.wording_of:
        return f"{task.advice} Use the wording of {task.wording_of} once, and delete this.".strip()
    if task.wording:
        put = "Write instead" if task.words else "Add"
        return f"{task.advice} {put}: {task.wording.unescape()}".strip()
    return task.advice


def repair(flag: Flag) -> str:
    """What mends a flag: by its rule where that has a repair of its own, else by its category."""
    for name in (flag.rule, flag.category.value):
        for repair, words in WORDS["repairs"].items():
            if name in words["mends"]:
                return str(repair)
    return "delete"


def _task(sentence: Mapping[str, Any], report: Report) -> Iterator[Task]:
    """The task of a sentence, if it is one."""
    base, severities = report.base, list(Severity)
    parts: Sequence[Occurrence] = [part["occurrence"] for part in sentence["parts"]]
    flags = [
        flag
        for part in parts
        for flag in report.by_occurrence.get(part.id, ())
        if flag.subject == part.id and flag.category not in _APART
    ]
    rules = all_rules()
    flags.sort(  # the gravest speaks; of equals a specific rule's, then one that says what to do
        key=lambda f: (
            *(-f.verdict, not rules[f.rule].specific, not f.suggestion),
            severities.index(f.severity),
        )
    )
    judged = any(part["judged"] for part in sentence["parts"])
    if not judged:
        flags = [
            flag
            for flag in flags
            if flag.severity is not Severity.NOTE or flag.category is Category.CITATION
        ]
    if not flags:
        return
    flag, verdict = flags[0], sentence["verdict"]
    by_part = {part["occurrence"].id: part for part in sentence["parts"]}
    gravest, name = by_part[flag.subject], repair(flag)
    offered = (part["suggestion"] for part in (gravest, *sentence["parts"]) if part["judged"])
    wording = next(filter(None, offered), None)
    claim = gravest["claim"]
    advice = _advice(flag, judged and not wording, report, name if not wording else "")
    if not wording and verdict >= Verdict.UNSUPPORTED:
        advice = _leave_out(parts, report) or advice
    yield Task(
        id=sentence["anchor"],
        repair=name,
        verdict=verdict,
        words=sentence["quote"],
        why=_in_short(flag, report),
        rules=tuple(dict.fromkeys(rule for flag in flags for rule in flag.rules)),
        advice=advice,
        wording=wording,
        claim=claim,
        answer=_answer(claim, report),
        section=base.occurrences[flag.subject].section or "",
        sentence=sentence,
    )


def _leave_out(parts: Iterable[Occurrence], report: Report) -> str:
    """What a sentence may keep, where evidence bears out one benefit that it names and no other."""
    base = report.base
    held: set[str] = set()
    others: set[str] = set()
    for part in parts:
        verdict, outcome = report.verdict(part), base.scope_of(part).outcome
        if not outcome or base.claim_of(part).kind not in BENEFITS:
            return ""
        (others if verdict else held).add(outcome)
    if not held or not others or held & others:
        return ""
    kept, left_out = (labels(sorted(names), report.index) for names in (held, others))
    return str(WORDS["leave-out"]).format(kept=kept, left_out=left_out)


def _of_page(flag: Flag, addition: str, report: Report) -> Task:
    name = repair(flag)
    return Task(
        id=slug(flag.id),
        repair=name,
        verdict=Verdict.SUPPORTED,
        words="",
        why=_in_short(flag, report),
        rules=flag.rules,
        advice="" if addition else _advice(flag, False, report, name),
        wording=escape(addition) if addition else None,
    )


def _advice(flag: Flag, best_deleted: bool, report: Report, repair: str) -> str:
    """What the rule advises; where it does not and no wording is offered, what the repair does."""
    advice = flag_sentence(flag.suggestion, flag, report.base) if flag.suggestion else ""
    if best_deleted:
        return f"{advice} {WORDS['no-wording']}".strip()
    return advice or (str(WORDS["repairs"][repair]["do"]) if repair else "")


def _gravity(task: Task, report: Report) -> tuple[int, bool, int]:
    """The gravest verdict first, then what touches safety, then what most rules call an error."""
    parts = [part["occurrence"] for part in task.sentence["parts"]]
    dangerous = any(report.base.claim_of(part).kind in DANGERS for part in parts)
    errors = sum(
        flag.severity is Severity.ERROR and flag.category not in _APART
        for part in parts
        for flag in report.by_occurrence.get(part.id, ())
    )
    return -task.verdict, not dangerous, -errors


def _numbered(tasks: Iterable[Task]) -> Iterator[Task]:
    """Tasks with their numbers; what an earlier one says already is left to it."""
    wordings: dict[str, int] = {}
    answers: dict[str, int] = {}
    for number, task in enumerate(tasks, 1):
        wording_of = wordings.setdefault(task.wording, number) if task.wording else number
        answer_of = answers.setdefault(task.claim.id, number) if task.claim else number
        yield replace(
            task,
            number=number,
            wording_of=wording_of if wording_of < number else 0,
            answer_of=answer_of if answer_of < number else 0,
        )


def _answer(claim: Claim, report: Report) -> str:
    """What the evidence says on a claim: the claim as a question, and the answer.

    It is told whole, as a "yes" without its "but" would be comfort. "Not shown" needs no question.
    """
    answer = truth(claim, report.base)
    line = answer.line if answer else certainty_means(claim, report.index)
    return line if line.startswith(_NOT_SHOWN) else f"{asked(claim)} {line}"


def _in_short(flag: Flag, report: Report) -> str:
    """What a flag says, in a sentence without the details in brackets."""
    message = _DETAIL.sub(lambda match: match[1] or "", flag.message)
    return flag_sentence(message, flag, report.base)
