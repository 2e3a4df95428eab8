"""The sheet on which a person ticks what is proposed of a page, and the records that come of it."""

import os
import shlex
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from claimbook.curation.page_draft import FIELDS, PageDraft, Proposal
from claimbook.loading import yaml_file
from claimbook.loading.load import load
from claimbook.loading.record_files import FOLDERS, NO_FOLDER, read_bytes
from claimbook.loading.record_format import appended, dumped, schema_line
from claimbook.records import UNCHECKABLE, LoadError, Location, Problem, did_you_mean
from claimbook.records.quotes import contains_quote, normalize, quote_spans

HEAD = """\
# Proposals for pages/{0}.yaml. Nothing here is recorded yet, and about half of it is wrong.
# 1. Under `page`, fill in what is null: who published it, and the day you read it.
#    If it tells what it offers: regimen: {{intervention: ID, settings: [ID], session: 40 min}}.
# 2. Read each passage. Once `claim`, `says` and `quote` are right, write `take: yes`. `others` are
#    further claims that the sentence may make; they, `sure` and `why` are not recorded. A likeness
#    is 0 where a sentence has no word in common with the claim, and about 1.35 for the same words.
#    To record one of `others`, copy the item and change `claim` and `says`.
# 3. Of an `unmatched` sentence fill in `claim`, with `says`; or `because`, to pass it over.
# 4. Read those under `passed-over` as well: sentences on safety topics may have landed there. Move
#    one that claims something to `unmatched`.
# 5. `claimbook draft-page {1} --apply` records what is ticked, all of it or nothing.
#    The sheet stays; delete it once everything is recorded.
"""
_CLAIMING = ("claim", "says")
_MOVE = "or, if it does claim something, move the item to `unmatched` and write claim and says"
_LISTS = ("passages", "unmatched", "passed-over")
_NOTES = ("line", "sentence", "statement", "sure", "why", "look", "others")  # not recorded


def sheet(text: Path, draft: PageDraft, options: Iterable[str] = ()) -> str:
    """The proposals of a text as YAML, for a person to tick and correct.

    The command that records them is named in it, with these *options*.
    """
    data = {
        "page": {**draft.fields, "regimen": None},
        "passages": [_item(each) for each in draft.passages],
        "unmatched": [_item(each) for each in draft.unmatched],
        "passed-over": [
            {"take": "no", "line": line, "quote": quote, "because": because}
            for line, quote, because in draft.passed_over
        ],
    }
    given = (os.fsencode(each).decode(errors="replace") for each in (*options, str(text)))
    words = shlex.join(" ".join(each.split()) for each in given)  # stays in its comment
    return dumped(data, HEAD.format(text.stem, words))


def _item(proposal: Proposal) -> dict[str, Any]:
    claim = proposal.claim
    item = {
        "take": "no",
        "line": proposal.line,
        "sentence": proposal.sentence,
        "look": proposal.look,
        "claim": claim.id if claim else None,
        "statement": claim.statement if claim else None,
        "sure": proposal.sure or None,
        "why": proposal.because or None,
        "quote": proposal.quote,
        "section": proposal.section,
        "says": dict(proposal.says) if proposal.says else None,
        "about": dict(proposal.about) if proposal.about else None,
        "cites": list(proposal.cites) or None,
        "others": {each.id: each.statement for each in proposal.others} or None,
    }
    kept = {"claim", "quote"}
    if claim is None:
        item["because"] = None
        kept |= {"says", "because"}
    elif claim.kind not in UNCHECKABLE:
        kept.add("says")
    return {key: value for key, value in item.items() if value is not None or key in kept}


@dataclass(frozen=True, slots=True)
class Merged:
    """What a sheet makes of a base: files by their path, and where their lines are from.

    `places` has, by file, the first line of each part, in order, with its place in the sheet.
    """

    files: Mapping[str, str]
    places: Mapping[str, Sequence[tuple[int, Location]]]

    def origin(self, at: Location) -> Location:
        """Where in the sheet a place in a file is from; itself, if it is not of the sheet."""
        return next(
            (p for line, p in reversed(self.places.get(at.file, ())) if line <= at.line), at
        )


def merged(path: Path, name: str, text: str, sha256: str, root: Path) -> Merged:
    """The files of a base with what is ticked in a sheet. Nothing is written.

    Args:
        name: the page's id.
        text: the page's words, which must have every quote.
    Raises:
        LoadError: the sheet cannot be read, is of another text, quotes what is not on the page,
            or leaves the base unsound.
    """
    file, content = str(path), read_bytes(path, str(path))
    if isinstance(content, Problem):
        raise LoadError([content])
    data, problems = yaml_file.read(content, file)
    if problems or not isinstance(data, dict):
        raise LoadError(problems or [Problem(Location(file), "a sheet is a mapping")])
    page = yaml_file.without_places(data.get("page"))
    if not isinstance(page, dict) or page.get("sha256") != sha256:
        raise LoadError([Problem(Location(file), "the sheet is of another text", "draft it again")])
    if faults := [*_misshapen(data)]:
        raise LoadError(faults)
    passages, unmatched, skipped = (data.get(key) or [] for key in _LISTS)
    listed = [*passages, *unmatched]
    items, passed = [*filter(_is_ticked, listed)], [*filter(_is_ticked, skipped)]
    passed += [item for item in items if _is_passed(item)]
    items = [item for item in items if not _is_passed(item)]
    claims = {path.stem: path for path in root.glob("claims/*/*.yaml") if path.stem != "topic"}
    plain = normalize(text)
    faults = [*_faults(items, claims, plain), *_faults(passed, None, plain)]
    if not faults and not items and not passed:
        faults = [Problem(Location(file), "nothing is ticked", "write take: yes where it is right")]
    if faults:
        raise LoadError(faults)
    items.sort(key=lambda item: plain.find(quote_spans(item["quote"])[0]))
    sections = dict.fromkeys(str(item["section"]) for item in items if item.get("section"))
    record = {**page, "sections": [*sections], "passed-over": [*map(_passed, passed)]}
    record = {key: value for key, value in record.items() if value or key in FIELDS}
    own = f"pages/{name}.yaml"
    at = data["page"][yaml_file.AT]
    files = {own: dumped(record, schema_line(root, "page"))}
    places = {own: [(0, at), *_lines(files[own], "passed-over", passed)]}
    for claim in dict.fromkeys(item["claim"] for item in items):
        made = [item for item in items if item["claim"] == claim]
        held = claims[claim].relative_to(root).as_posix()
        added = [{"page": name, **_recorded(item)} for item in made]
        try:
            files[held] = appended((root / held).read_bytes().decode(), "occurrences", added)
        except ValueError as error:
            raise LoadError([Problem(Location(held), str(error))]) from error
        places[held] = _lines(files[held], "occurrences", made)
    return Merged(files, places)


def prove(merge: Merged, root: Path) -> None:
    """Load the base as it would be, in a folder of its own.

    Raises:
        LoadError: the base would not be sound; each problem stands where the sheet has it.
    """
    with TemporaryDirectory(prefix="claimbook-") as folder:
        Path(folder, "pages").mkdir()  # which a new base need not have
        hidden = shutil.ignore_patterns(".*", "*~")  # an editor's lock may be a link to nowhere
        for name in FOLDERS:
            if (root / name).is_dir():
                shutil.copytree(root / name, Path(folder, name), ignore=hidden, dirs_exist_ok=True)
        for file, content in merge.files.items():
            Path(folder, file).write_bytes(content.encode())
        try:
            load(folder, snapshots=NO_FOLDER)
        except LoadError as error:
            origins = [replace(each, at=merge.origin(each.at)) for each in error.problems]
            raise LoadError(origins) from error


def _lines(
    content: str, key: str, items: Sequence[Mapping[str, Any]]
) -> list[tuple[int, Location]]:
    """The first lines of the items that a list of a file ends with, each with its place."""
    starts = [
        line
        for path, (line, *_) in yaml_file.places(content.encode()).items()
        if path[:1] == (key,) and len(path) == 2
    ]
    return [
        (line, item[yaml_file.AT])
        for line, item in zip(starts[len(starts) - len(items) :], items, strict=True)
    ]


def _misshapen(data: Mapping[str, Any]) -> Iterator[Problem]:
    """What of a sheet would not be read: a tick that nobody sees must not be lost in silence."""
    at = data[yaml_file.AT]
    for key in data.keys() - {yaml_file.AT, "page", *_LISTS}:
        repair = did_you_mean(key, _LISTS) or f"the lists of a sheet are {', '.join(_LISTS)}"
        yield Problem(at, f"unknown key {key!r}", repair)
    for key in _LISTS:
        items = data.get(key) or []  # who needs none of them may delete them all
        if not isinstance(items, list):
            yield Problem(at, f"{key} is no list", "draft the page again, or delete it")
            continue
        for number, item in enumerate(items, 1):
            if not isinstance(item, dict):
                message = f"item {number} of {key} is no mapping of keys to values"
                yield Problem(at, message, "write it as the others are")
            elif item.get("take") not in ("yes", "no", True, False):
                place, take = item[yaml_file.AT], item.get("take")
                yield Problem(place, f"take is yes or no, not {take!r}", "write yes or no")
            elif key == "passed-over" and (more := [each for each in _CLAIMING if each in item]):
                message = f"what is passed over has no {' and no '.join(more)}"
                yield Problem(item[yaml_file.AT], message, f"delete it; {_MOVE}")


def _is_ticked(item: Mapping[str, Any]) -> bool:
    return item.get("take") in ("yes", True)


def _is_passed(item: Mapping[str, Any]) -> bool:
    """Whether a sentence without a claim is to be passed over."""
    return item.get("claim") is None and bool(item.get("because"))


def _faults(
    items: Iterable[Mapping[str, Any]], claims: Collection[str] | None, plain: str
) -> Iterator[Problem]:
    """Quotes that are not on the page, claims that are not there, and reasons that are missing."""
    for item in items:
        quote, claim = item.get("quote"), item.get("claim")
        if not isinstance(quote, str) or not contains_quote(plain, quote):
            yield Problem(item[yaml_file.AT], "the quote is not on the page", "copy it from there")
        if claims is None:
            if not item.get("because"):
                repair = f"write because: why it claims nothing; {_MOVE}"
                yield Problem(item[yaml_file.AT], "no reason", repair)
        elif claim is None:
            repair = "write its id under claim, or a reason under because to pass it over"
            yield Problem(item[yaml_file.AT], "no claim", repair)
        elif str(claim) not in claims:
            repair = did_you_mean(str(claim), claims) or "write the claim first, and its id here"
            yield Problem(item[yaml_file.AT], f"unknown claim {str(claim)!r}", repair)


def _recorded(item: Mapping[str, Any]) -> dict[str, Any]:
    """What a record keeps of an item."""
    dropped = ("take", "claim", *_NOTES)
    data = yaml_file.without_places(item)
    return {key: value for key, value in data.items() if key not in dropped and value is not None}


def _passed(item: Mapping[str, Any]) -> dict[str, Any]:
    """What a record keeps of an item that is passed over."""
    unused = {"section", "says", "about", "cites"} if "claim" in item else set()
    return {key: value for key, value in _recorded(item).items() if key not in unused}
