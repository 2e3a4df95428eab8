"""Whatever is wrong with a file of a base is told with its place, and nothing else is.

Every row of a table breaks one file of the sound base in one way; the one problem that follows is at `line:column` of that
file (or at the whole place, where another file is named).
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from factories import (
    BIB,
    CLAIM,
    HASH,
    PAGE,
    SOUND,
    STORY,
    SURVEY,
    TOPIC,
    TRIAL,
    VOCABULARY,
    Content,
    changed,
    write_base,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimbook.cli import main
from claimbook.loading.load import load
from claimbook.records import Base, LoadError, Problem

CITE = "write where it was published, or leave it out; where it was read stands in its record"


def problems(folder: Path, snapshots: Path | None = None) -> list[Problem]:
    with pytest.raises(LoadError) as caught:
        load(folder, snapshots or folder / "none", folder / "none")
    return caught.value.problems


def sound(folder: Path) -> Base:
    return load(folder, folder / "none", folder / "none")


def the_one(found: list[Problem], place: str, message: str, repair: str) -> None:
    assert [str(problem.at) for problem in found] == [place], list(map(str, found))
    assert message in found[0].message, str(found[0])
    assert repair in str(found[0]), str(found[0])
    assert "Location(" not in str(found[0])
    assert len(str(found[0])) < 400


Row = tuple[str, str, str, str, str, str]
NO_TEXT = "put quotation marks around it"
NO_ID = "lower-case letters, digits and single hyphens"
LONG = " ".join(["word"] * 26)

KEYS: list[Row] = [
    (
        CLAIM,
        "    section: Colds",
        "    \u00a0section: Colds",
        "14:5",
        "holds a sign that is not seen (U+00A0)",
        "delete it",
    ),
    (CLAIM, "down: 2,", 'down: "2",', "11:23", "'2' is not one of 1, 2", "remove the quotation"),
    (
        CLAIM,
        "section: Colds",
        "section: Colds go #1 of all",
        "14:14",
        'text without quotation marks ends at " #"',
        "put quotation marks around the text",
    ),
    (
        CLAIM,
        "statement:",
        "statment: A.\nstatement:",
        "1:1",
        "unknown key 'statment'",
        "did you mean 'statement'",
    ),
    (
        CLAIM,
        "set-aside:",
        "set_aside:",
        "8:1",
        "unknown key 'set_aside'",
        "did you mean 'set-aside'",
    ),
    (
        CLAIM,
        "    section: Colds",
        "    sectoin: Colds",
        "14:5",
        "unknown key 'sectoin'",
        "did you mean 'section'",
    ),
    (
        CLAIM,
        "why: The only",
        "wy: b, why: The only",
        "5:34",
        "unknown key 'wy'",
        "did you mean 'why'",
    ),
    (CLAIM, "down: 2,", "down: 1, dwn: 1,", "11:26", "unknown key 'dwn'", ""),
    (
        CLAIM,
        "about: {population: child-cold}",
        "about: {popultion: child-cold}",
        "18:13",
        "unknown key 'popultion'",
        "'population'",
    ),
    (CLAIM, "bound: about}", "bond: about}", "21:11", "'bond' does not go with 'amount'", ""),
    (TRIAL, "people:", "peple:", "4:1", "unknown key 'peple'", "did you mean 'people'"),
    (TRIAL, "analysed:", "analyzed:", "3:30", "unknown key 'analyzed'", "did you mean 'analysed'"),
    (
        TRIAL,
        "enrolled: 40",
        "enrolled: 4",
        "3:39",
        "38 analysed of 4 enrolled",
        "correct one of them",
    ),
    (
        TRIAL,
        "checked: 2001-02-03",
        "chekd: 2001-02-03",
        "8:29",
        "unknown key 'chekd'",
        "did you mean 'checked'",
    ),
    (
        TRIAL,
        "rating: serious,",
        "rating: serious, why_not: a,",
        "9:33",
        "unknown key 'why_not'",
        "",
    ),
    (
        TRIAL,
        "    printed:",
        "    printd:",
        "14:5",
        "unknown key 'printd'",
        "did you mean 'printed'",
    ),
    (PAGE, "reply:", "replay:", "7:1", "unknown key 'replay'", "did you mean 'reply'"),
    (
        PAGE,
        "reply: null",
        "passed-over: [{quote: a, becuse: b, because: c}]",
        "7:26",
        "unknown key 'becuse'",
        "did you mean 'because'",
    ),
    (PAGE, "session:", "sesion:", "6:35", "unknown key 'sesion'", "did you mean 'session'"),
    (TOPIC, "claims:", "see-also: x\nclaims:", "3:1", "unknown key 'see-also'", ""),
    (
        VOCABULARY,
        "words:",
        "wrods: {}\nwords:",
        "23:1",
        "unknown key 'wrods'",
        "did you mean 'words'",
    ),
    (
        VOCABULARY,
        "  comparator:",
        "  comparatr:",
        "13:3",
        "unknown facet 'comparatr'",
        "did you mean 'comparator'",
    ),
    (
        VOCABULARY,
        "      cues:",
        "      cus:",
        "10:7",
        "unknown key 'cus'",
        "did you mean 'cues'",
    ),
    (
        VOCABULARY,
        "because: Two",
        "becuse: x, because: Two",
        "25:38",
        "unknown key 'becuse'",
        "did you mean 'because'",
    ),
    (VOCABULARY, "because: Two", "bound: about, because: Two", "25:38", "unknown key 'bound'", ""),
]
RESERVED: list[Row] = [
    (CLAIM, "kind:", "id: x\nkind:", "2:1", "unknown key 'id'", "the file's name is the id"),
    (
        CLAIM,
        "kind:",
        "topic: colds\nkind:",
        "2:1",
        "unknown key 'topic'",
        "the folder's name is the topic",
    ),
    (CLAIM, "kind:", "at: home\nkind:", "2:1", "unknown key 'at'", ""),
    (
        CLAIM,
        "    section: Colds",
        "    id: x\n    section: Colds",
        "14:5",
        "unknown key 'id'",
        "leave it out",
    ),
    (
        CLAIM,
        "    section: Colds",
        "    claim: x\n    section: Colds",
        "14:5",
        "unknown key 'claim'",
        "leave it out",
    ),
    (CLAIM, "    section: Colds", "    at: x\n    section: Colds", "14:5", "unknown key 'at'", ""),
    (
        CLAIM,
        "says: {effect: reduces}",
        "says: {effect: reduces, at: 3}",
        "16:11",
        "'at' does not go with 'effect'",
        "",
    ),
    (
        CLAIM,
        "  imprecision:",
        "  at: {down: 1, because: x}\n  imprecision:",
        "11:3",
        "'at' is not one of risk-of-bias",
        "",
    ),
    (TRIAL, "people:", "id: x\npeople:", "4:1", "unknown key 'id'", "the file's name is the id"),
    (
        TRIAL,
        "    printed:",
        "    source: x\n    printed:",
        "14:5",
        "unknown key 'source'",
        "the file's name is the source",
    ),
    (PAGE, "title:", "id: x\ntitle:", "2:1", "unknown key 'id'", "the file's name is the id"),
    (TOPIC, "claims:", "id: x\nclaims:", "3:1", "unknown key 'id'", "the folder's name is the id"),
    (
        VOCABULARY,
        "      cues:",
        "      id: x\n      cues:",
        "10:7",
        "unknown key 'id'",
        "leave it out",
    ),
    (
        VOCABULARY,
        "      cues:",
        "      facet: x\n      cues:",
        "10:7",
        "unknown key 'facet'",
        "leave it out",
    ),
    (
        VOCABULARY,
        "because: Two",
        "means: x, because: Two",
        "25:38",
        "unknown key 'means'",
        "share, amount, because",
    ),
    (VOCABULARY, "words:", "at: x\nwords:", "23:1", "unknown key 'at'", ""),
]
MISSING: list[Row] = [
    (
        CLAIM,
        "statement: A footbath makes a cold shorter.\n",
        "",
        "1:1",
        "missing 'statement'",
        "add it",
    ),
    (CLAIM, "kind: efficacy\n", "", "1:1", "missing 'kind'", "add it"),
    (
        CLAIM,
        "about: {population: common-cold, intervention: footbath, outcome: cold-length}\n",
        "",
        "1:1",
        "missing 'about'",
        "add it",
    ),
    (CLAIM, "\n    why: It asked the same of more people.", "", "6:5", "missing 'why'", "add it"),
    (CLAIM, ", because: It is about another outcome.", "", "9:5", "missing 'because'", "add it"),
    (CLAIM, "    quote: gone in 2 days\n", "", "19:5", "missing 'quote'", "add it"),
    (
        CLAIM,
        "  - page: warm-feet-spa\n    section: Colds",
        "  - section: Colds",
        "13:5",
        "missing 'page'",
        "add it",
    ),
    (
        CLAIM,
        "    says: {effect: reduces}\n",
        "",
        "13:5",
        "what the passage says is not recorded",
        "add says",
    ),
    (CLAIM, ", because: Forty people.", "", "11:16", "missing 'because'", "add it"),
    (TRIAL, "design: randomised-trial\n", "", "1:1", "missing 'design'", "add it"),
    (TRIAL, "    where: abstract\n    plain", "    plain", "11:5", "missing 'where'", "add it"),
    (TRIAL, "    says: {effect: none}\n", "", "11:5", "missing 'says'", "add it"),
    (TRIAL, "says: {effect: none}", "says:", "11:5", "missing 'says'", "add it"),
    (TRIAL, ", outcome: cold-length", "", "12:12", "a finding is about an outcome", "add outcome"),
    (TRIAL, "rating: serious, ", "", "9:15", "missing 'rating'", "add it"),
    (PAGE, "clinic: Warm Feet Spa\n", "", "1:1", "missing 'clinic'", "add it"),
    (PAGE, "read: 2001-12-31\n", "", "1:1", "missing 'read'", "add it"),
    (PAGE, f"sha256: {HASH}\n", "", "1:1", "missing 'sha256'", "add it"),
    (
        TOPIC,
        "question: Does a footbath shorten a cold?\n",
        "",
        "1:1",
        "missing 'question'",
        "add it",
    ),
    (TOPIC, "claims: [shorter-cold, happy-feet]\n", "", "1:1", "missing 'claims'", "add it"),
    (VOCABULARY, "{label: At home}", "{good: more}", "16:11", "missing 'label'", "add it"),
    (VOCABULARY, ", because: Two would be a couple.", "", "25:17", "missing 'because'", "add it"),
    (VOCABULARY, "amount: 2 to 5 day, ", "", "25:17", "a value has exactly one of", ""),
]
TYPES: list[Row] = [
    (
        CLAIM,
        "statement: A footbath makes a cold shorter.",
        "statement: 7",
        "1:12",
        "'statement' takes text, not '7'",
        NO_TEXT,
    ),
    (
        CLAIM,
        "statement: A footbath makes a cold shorter.",
        "statement: true",
        "1:12",
        "'statement' takes text, not 'true'",
        NO_TEXT,
    ),
    (
        CLAIM,
        "statement: A footbath makes a cold shorter.",
        "statement:",
        "1:11",
        "'statement' takes text, not nothing",
        "",
    ),
    (
        CLAIM,
        "statement: A footbath makes a cold shorter.",
        "statement: [a, b]",
        "1:12",
        "takes text, not a list",
        "",
    ),
    (
        CLAIM,
        "statement: A footbath makes a cold shorter.",
        "statement: {a: b}",
        "1:12",
        "takes text, not a mapping",
        "",
    ),
    (
        CLAIM,
        "kind: efficacy",
        "kind: eficacy",
        "2:7",
        "'eficacy' is not one of efficacy",
        "did you mean 'efficacy'",
    ),
    (CLAIM, "kind: efficacy", "kind: {a: b}", "2:7", "a mapping is not one of efficacy", ""),
    (CLAIM, "kind: efficacy", "kind: 1", "2:7", "'1' is not one of efficacy", ""),
    (
        CLAIM,
        "about: {population: common-cold, intervention: footbath, outcome: cold-length}",
        "about: cold",
        "3:8",
        "takes a mapping",
        "",
    ),
    (
        CLAIM,
        "about: {population: child-cold}",
        "about: [child-cold]",
        "18:12",
        "'about' takes a mapping, not a list",
        "",
    ),
    (
        CLAIM,
        "cites: [weber-2001, unresolved]",
        "cites: weber-2001",
        "17:12",
        "'cites' takes a list, not 'weber-2001'",
        "",
    ),
    (
        CLAIM,
        "cites: [weber-2001, unresolved]",
        "cites: [weber-2001, 7]",
        "17:25",
        "takes text, not '7'",
        NO_TEXT,
    ),
    (CLAIM, "section: Colds", "section: [Colds]", "14:14", "'section' takes text, not a list", ""),
    (
        CLAIM,
        "page: warm-feet-spa\n    section",
        "page: 24\n    section",
        "13:11",
        "'page' takes text, not '24'",
        NO_TEXT,
    ),
    (
        CLAIM,
        "quote: gone in 2 days",
        "quote: 2001",
        "20:12",
        "'quote' takes text, not '2001'",
        NO_TEXT,
    ),
    (
        CLAIM,
        "says: {effect: reduces}",
        "says: reduces",
        "16:11",
        "a value is a mapping: {effect: reduces}",
        "",
    ),
    (
        CLAIM,
        "says: {effect: reduces}",
        "says: [reduces]",
        "16:11",
        "a value is a mapping: {effect: reduces}",
        "",
    ),
    (
        CLAIM,
        "{finding: weber-2001/length, why: The only trial of this question.}",
        "weber-2001/length",
        "5:5",
        "takes a mapping",
        "",
    ),
    (
        CLAIM,
        "imprecision: {down: 2, because: Forty people.}",
        "imprecision: 1",
        "11:16",
        "'imprecision' takes a mapping, not '1'",
        "",
    ),
    (CLAIM, "down: 2", "down: 3", "11:23", "'3' is not one of 1, 2", ""),
    (CLAIM, "down: 2", "down: '1'", "11:23", "'1' is not one of 1, 2", ""),
    (CLAIM, "down: 2", "down: true", "11:23", "'true' is not one of 1, 2", "write 1 or 2 steps"),
    (
        TRIAL,
        "people: Adults with a fresh cold.",
        "people: 40",
        "4:9",
        "'people' takes text, not '40'",
        NO_TEXT,
    ),
    (
        TRIAL,
        "enrolled: 40",
        "enrolled: forty",
        "3:26",
        "'enrolled' takes a whole number, not 'forty'",
        "",
    ),
    (
        TRIAL,
        "enrolled: 40",
        "enrolled: 040",
        "3:26",
        "'040' is not a count",
        "write a whole number",
    ),
    (
        TRIAL,
        "enrolled: 40",
        "enrolled: 1_000",
        "3:26",
        "'1_000' is not a count",
        "write a whole number",
    ),
    (
        TRIAL,
        "enrolled: 40",
        "enrolled: true",
        "3:26",
        "'true' is not a count",
        "write a whole number",
    ),
    (
        TRIAL,
        "enrolled: 40",
        "enrolled: -40",
        "3:26",
        "'-40' is not a count",
        "write a whole number",
    ),
    (
        TRIAL,
        "enrolled: 40",
        "enrolled: 40.5",
        "3:26",
        "'40.5' is not a count",
        "write a whole number",
    ),
    (
        TRIAL,
        "participants: {enrolled: 40, analysed: 38}",
        "participants: 40",
        "3:15",
        "takes a mapping, not '40'",
        "",
    ),
    (TRIAL, "centres: 1", "centres: [1]", "5:10", "'centres' takes text, not a list", ""),
    (
        TRIAL,
        "checked: 2001-02-03",
        "checked: 2001-02-30",
        "8:38",
        "takes a date such as 2001-12-31, not '2001-02-30'",
        "",
    ),
    (
        TRIAL,
        "checked: 2001-02-03",
        "checked: 86400",
        "8:38",
        "'86400' is not a date",
        "write it as 2001-12-31",
    ),
    (
        TRIAL,
        "checked: 2001-02-03",
        "checked: 3 Feb 2001",
        "8:38",
        "'3 Feb 2001' is not a date",
        "write it as 2001-12-31",
    ),
    (
        TRIAL,
        "status: current",
        "status: retract",
        "8:20",
        "'retract' is not one of unknown",
        "did you mean 'retracted'",
    ),
    (
        TRIAL,
        "{status: current, checked: 2001-02-03, with: a search}",
        "{status: not-listed, with: a search}",
        "8:11",
        "not listed where, and on which day?",
        "add checked and with",
    ),
    (
        TRIAL,
        "text_read: abstract",
        "text_read: abstarct",
        "6:12",
        "'abstarct' is not one of none",
        "did you mean 'abstract'",
    ),
    (TRIAL, "rating: serious", "rating: bad", "9:24", "'bad' is not one of low", ""),
    (
        TRIAL,
        "    printed: 6.1 against 6.3 days",
        "    printed: 6.1",
        "14:14",
        "'printed' takes text, not '6.1'",
        NO_TEXT,
    ),
    (
        TRIAL,
        "6.1 against 6.3 days",
        "6.1 against 6.3 days as one two three four five",
        "14:14",
        "printed is over 8 words",
        "keep the span",
    ),
    (
        SURVEY,
        "read: second-hand",
        "read: directly",
        "9:11",
        "'directly' is not one of direct",
        "did you mean 'direct'",
    ),
    (
        PAGE,
        "read: 2001-12-31",
        "read: yesterday",
        "4:7",
        "'yesterday' is not a date",
        "write it as 2001-12-31",
    ),
    (
        PAGE,
        "read: 2001-12-31",
        "read: 2001",
        "4:7",
        "'2001' is not a date",
        "write it as 2001-12-31",
    ),
    (PAGE, "read: 2001-12-31", "read: 0", "4:7", "'0' is not a date", "write it as 2001-12-31"),
    (
        PAGE,
        "settings: [home, spa]",
        "settings: home",
        "6:68",
        "'settings' takes a list, not 'home'",
        "",
    ),
    (PAGE, HASH, "abc", "5:9", "not a SHA-256", "64 hexadecimal digits"),
    (PAGE, HASH, HASH.replace("3", "g"), "5:9", "not a SHA-256", "64 hexadecimal digits"),
    (PAGE, HASH, HASH.upper(), "5:9", "not a SHA-256", "64 hexadecimal digits"),
    (PAGE, HASH, "1" * 64, "5:9", "'sha256' takes text", NO_TEXT),
    (
        PAGE,
        "https://example.org/spa",
        "javascript:alert(1)",
        "3:10",
        "not a web address",
        "start it with https://",
    ),
    (
        PAGE,
        "https://example.org/spa",
        "example.org/spa",
        "3:10",
        "not a web address",
        "start it with https://",
    ),
    (PAGE, "https://example.org/spa", "https://", "3:10", "not a web address", ""),
    (PAGE, "https://example.org/spa", "https://[::1", "3:10", "not a web address", ""),
    (PAGE, "https://example.org/spa", "https://example.org/a b", "3:10", "not a web address", ""),
    (PAGE, "https://example.org/spa", "https://a\u202eb.org", "3:10", "not a web address", ""),
    (PAGE, "https://example.org/spa", "https://a.org/<b>", "3:10", "not a web address", ""),
    (PAGE, "https://example.org/spa", "https://a.org:x/", "3:10", "not a web address", ""),
    (BIB, "https://example.org/klein", "https://[::1", "12:3", "not a web address", ""),
    *(
        (BIB, "https://example.org/klein", copy, "12:3", "the address of a copy that may be", CITE)
        for copy in (
            "http://192.0.2.1/klein",
            "https://[2001:db8::1]/klein",
            "https://example.org:8081/klein",
            "https://library.staging.example.org/klein",
            "https://dev2.example.org/klein",
            "https://rules-clone.example.org/klein",
        )
    ),
    (
        TRIAL,
        "https://example.org/weber",
        "javascript:alert(1)",
        "7:10",
        "not a web address",
        "start it with https://",
    ),
    (
        TOPIC,
        "claims: [shorter-cold, happy-feet]",
        "claims: shorter-cold",
        "3:9",
        "'claims' takes a list, not 'shorter-cold'",
        "",
    ),
    (
        VOCABULARY,
        "{label: Steam bath}",
        "Steam bath",
        "12:17",
        "a concept is a mapping",
        "write {label: ...}",
    ),
    (
        VOCABULARY,
        "terms: [cold, colds]",
        "terms: cold",
        "5:14",
        "'terms' takes a list, not 'cold'",
        "",
    ),
    (
        VOCABULARY,
        "{label: Symptom, good: less}",
        "{label: Symptom, good: lower}",
        "19:37",
        "'lower' is not one of more",
        "",
    ),
    (VOCABULARY, "harm: true", "harm: very", "22:43", "'harm' takes true or false, not 'very'", ""),
    (
        VOCABULARY,
        "    home: {label: At home}\n    spa: {label: In a spa}",
        "    - home",
        "16:5",
        "'setting' is missing or not a mapping",
        "",
    ),
    (
        VOCABULARY,
        'most: {share: ">50%", because: More than half is the least it can mean.}',
        "most: 50%",
        "24:9",
        "a word is a mapping",
        "",
    ),
]
NAMES: list[Row] = [
    (
        CLAIM,
        "outcome: cold-length",
        "outcome: cold-lenght",
        "3:67",
        "unknown concept 'cold-lenght'",
        "did you mean 'cold-length'",
    ),
    (
        CLAIM,
        "outcome: cold-length",
        "outcome: xyzzy",
        "3:67",
        "unknown concept 'xyzzy'",
        "add it to claims/vocabulary.yaml",
    ),
    (
        CLAIM,
        "outcome: cold-length",
        "outcome: common-cold",
        "3:67",
        "is a concept of the facet population, not outcome",
        "move it to",
    ),
    (
        CLAIM,
        "population: child-cold",
        "population: child-cod",
        "18:25",
        "unknown concept 'child-cod'",
        "did you mean 'child-cold'",
    ),
    (
        CLAIM,
        "finding: weber-2001/length",
        "finding: weber-2001/lenght",
        "5:15",
        "unknown finding 'weber-2001/lenght'",
        "'weber-2001/length'",
    ),
    (
        CLAIM,
        "finding: weber-2001/length",
        "finding: wber-2001/length",
        "5:15",
        "unknown source 'wber-2001'",
        "did you mean 'weber-2001'",
    ),
    (
        CLAIM,
        "finding: weber-2001/length",
        "finding: weber-2001",
        "5:15",
        "unknown finding 'weber-2001'",
        "did you mean 'weber-2001/",
    ),
    (
        CLAIM,
        "finding: klein-2004/length",
        "finding: weber-2001/length",
        "6:14",
        "'weber-2001/length' is linked twice",
        "keep one of them",
    ),
    (
        CLAIM,
        "finding: weber-2001/cured",
        "finding: weber-2001/length",
        "9:15",
        "'weber-2001/length' is linked twice",
        "keep one of them",
    ),
    (
        CLAIM,
        "page: warm-feet-spa\n    quote",
        "page: warm-feet-sap\n    quote",
        "19:11",
        "unknown page 'warm-feet-sap'",
        "'warm-feet-spa'",
    ),
    (
        CLAIM,
        "page: warm-feet-spa\n    quote",
        "page: qq\n    quote",
        "19:11",
        "unknown page 'qq'",
        "add pages/qq.yaml",
    ),
    (
        CLAIM,
        "cites: [weber-2001, unresolved]",
        "cites: [weber-2011, unresolved]",
        "17:13",
        "unknown source 'weber-2011'",
        "'weber-2001'",
    ),
    (
        CLAIM,
        "cites: [weber-2001, unresolved]",
        "cites: [weber-2001, zz]",
        "17:25",
        "unknown source 'zz'",
        "or write unresolved",
    ),
    (
        CLAIM,
        "  imprecision:",
        "  inprecision:",
        "11:3",
        "'inprecision' is not one of risk-of-bias",
        "did you mean 'imprecision'",
    ),
    (CLAIM, "down: 2", "up: 1", "11:16", "imprecision is judged down", "write 1 or 2 steps"),
    (
        CLAIM,
        "imprecision: {down: 2",
        "large-effect: {down: 1",
        "11:17",
        "large-effect is judged up",
        "write 1 or 2 steps",
    ),
    (
        CLAIM,
        "imprecision: {down: 2",
        "imprecision: {down: 2, up: 1",
        "11:16",
        "imprecision is judged down",
        "",
    ),
    (
        CLAIM,
        "imprecision: {down: 2, because",
        "imprecision: {because",
        "11:16",
        "imprecision is judged down",
        "",
    ),
    (
        CLAIM,
        "kind: efficacy",
        "kind: dose",
        "11:3",
        "claims of the kind dose are not graded",
        "leave certainty out",
    ),
    (
        SURVEY,
        "- id: places",
        "- id: length",
        "10:9",
        "repeated id 'length'",
        "a finding's id is unique in its source",
    ),
    *(
        (
            SURVEY,
            "text_read: full-text",
            f"text_read: full-text\n{field}: [klein-2004]",
            f"4:{len(field) + 4}",
            "'klein-2004' is the source itself",
            "name another, or leave it out",
        )
        for field in ("overlaps", "contains")
    ),
    (SURVEY, "- id: places", "- id: The_Places", "10:9", "'The_Places' is not an id", NO_ID),
    (
        TRIAL,
        "comparator: dry-feet",
        "comparator: wet-feet",
        "12:74",
        "unknown concept 'wet-feet'",
        "did you mean 'dry-feet'",
    ),
    (SURVEY, "[home, spa]", "[hom, spa]", "12:22", "unknown concept 'hom'", "did you mean 'home'"),
    (
        PAGE,
        "intervention: footbath",
        "intervention: footbaht",
        "6:25",
        "unknown concept 'footbaht'",
        "did you mean 'footbath'",
    ),
    (
        PAGE,
        "intervention: footbath",
        "intervention: home",
        "6:25",
        "'home' is a concept of the facet setting",
        "move it to setting",
    ),
    (PAGE, "[home, spa]", "[home, sap]", "6:75", "unknown concept 'sap'", "did you mean 'spa'"),
    (
        PAGE,
        "[home, spa]",
        "[home, footbath]",
        "6:75",
        "'footbath' is a concept of the facet intervention",
        "",
    ),
    (
        PAGE,
        "session: 20 to 30 min",
        "session: 20 to 30 mins",
        "6:44",
        "unknown unit 'mins'",
        "did you mean",
    ),
    (
        VOCABULARY,
        "broader: common-cold",
        "broader: comon-cold",
        "6:53",
        "unknown concept 'comon-cold'",
        "did you mean 'common-cold'",
    ),
    (
        VOCABULARY,
        "broader: [symptom]",
        "broader: [home]",
        "20:54",
        "'home' is a concept of the facet setting, not outcome",
        "move it to setting",
    ),
    (
        VOCABULARY,
        "distinct: [steam-bath]",
        "distinct: [steam-bat]",
        "11:18",
        "unknown concept 'steam-bat'",
        "did you mean 'steam-bath'",
    ),
    (
        VOCABULARY,
        "    symptom:",
        "    home: {label: Home}\n    symptom:",
        "19:5",
        "repeated id 'home'",
        "unique over all facets",
    ),
    (
        VOCABULARY,
        "{label: Symptom, good: less}",
        "{label: Symptom, broader: symptom}",
        "19:5",
        "'symptom' is broader than itself",
        "break",
    ),
    (
        VOCABULARY,
        "    steam-bath: {",
        "    Steam_1: {label: x}\n    steam-bath: {",
        "12:5",
        "'Steam_1' is not an id",
        NO_ID,
    ),
    (
        VOCABULARY,
        "  several-days:",
        "  several days:",
        "25:3",
        "'several days' is not an id",
        NO_ID,
    ),
    (
        TOPIC,
        "claims: [shorter-cold, happy-feet]",
        "claims: [shorter-cold, happy-feet]\ntruth-of: happy-fet",
        "4:11",
        "unknown claim 'happy-fet'",
        "'happy-feet'",
    ),
    (
        TOPIC,
        "claims: [shorter-cold, happy-feet]",
        "claims: [shorter-cold, happy-feet]\ntruth-of: happy-feet",
        "4:11",
        "'happy-feet' does not say what the evidence makes of it",
        "add truth to claims/",
    ),
    (
        TOPIC,
        "claims: [shorter-cold, happy-feet]",
        'claims: [shorter-cold, happy-feet]\nphones: ["112"]',
        "4:10",
        "'112' is no number that a text of the topic names",
        "write its digits as the text has them",
    ),
    (
        TOPIC,
        "[shorter-cold, happy-feet]",
        "[shorter-cold]",
        "3:9",
        "the order leaves out the claim 'happy-feet'",
        "add it to the list",
    ),
    (
        TOPIC,
        "[shorter-cold, happy-feet]",
        "[shorter-cold, happy-feet, happy-fet]",
        "3:36",
        "unknown claim 'happy-fet'",
        "'happy-feet'",
    ),
    (
        TOPIC,
        "[shorter-cold, happy-feet]",
        "[shorter-cold, happy-feet, happy-feet]",
        "3:36",
        "'happy-feet' is here twice",
        "keep one",
    ),
    (
        TOPIC,
        "{weber-2001/cured}",
        "{weber-2001/curd}",
        "2:9",
        "unknown finding 'weber-2001/curd'",
        "did you mean 'weber-2001/cured'",
    ),
    (
        TOPIC,
        "{weber-2001/cured}",
        "{weber-2001/length}",
        "2:9",
        "'weber-2001/length' is neither a share nor an amount",
        "only figures",
    ),
    (
        TOPIC,
        "{weber-2001/cured}",
        "{x}",
        "2:9",
        "unknown finding 'x'",
        "write source/finding",
    ),
]
VALUES: list[Row] = [
    (
        CLAIM,
        "{effect: reduces}",
        "{effect: reduce}",
        "16:11",
        "'reduce' is not an effect: reduces, increases",
        "",
    ),
    (CLAIM, "{effect: reduces}", "{effect: [reduces]}", "16:11", "'effect' takes no list", ""),
    (CLAIM, "{effect: reduces}", "{effect: }", "16:11", "'effect' is empty", "write its value"),
    (CLAIM, "{effect: reduces}", "{}", "16:11", "exactly one of effect, share", "this has none"),
    (
        CLAIM,
        "{effect: reduces}",
        "{effect: reduces, is: yes}",
        "16:11",
        "this has effect and is",
        "",
    ),
    (CLAIM, "{effect: reduces}", "{effekt: reduces}", "16:11", "exactly one of effect", ""),
    (
        CLAIM,
        "{effect: reduces}",
        "{effect: reduces, bound: about}",
        "16:11",
        "'bound' does not go with 'effect'",
        "",
    ),
    (CLAIM, "{effect: reduces}", "{is: maybe}", "16:11", "'maybe' is neither yes nor no", ""),
    (CLAIM, "{effect: reduces}", "{share: 55 people}", "16:11", "'people' after a share", ""),
    (
        CLAIM,
        "{effect: reduces}",
        "{share: 130%}",
        "16:11",
        "'130%' is not a share between 0 and 100%",
        "",
    ),
    (
        CLAIM,
        "{effect: reduces}",
        "{share: -5%}",
        "16:11",
        "'-5%' is not a share between 0 and 100%",
        "",
    ),
    (
        CLAIM,
        "{effect: reduces}",
        "{share: 60 to 40%}",
        "16:11",
        "'60 to 40%' is not a share between",
        "",
    ),
    (CLAIM, "{effect: reduces}", "{share: many}", "16:11", "'many' is not a share", "write 71.4%"),
    (
        CLAIM,
        "{effect: reduces}",
        "{share: mots}",
        "16:11",
        "'mots' is not a share",
        "did you mean 'most'",
    ),
    (
        CLAIM,
        "{effect: reduces}",
        "{share: several-days}",
        "16:11",
        "'several-days' is not a share by itself",
        "",
    ),
    (
        CLAIM,
        "{effect: reduces}",
        "{share: most, of: [3, 4]}",
        "16:11",
        "'most' is not a share by itself",
        "",
    ),
    (CLAIM, "{effect: reduces}", "{share: {a: 1}}", "16:11", "'share' takes no mapping", ""),
    (
        CLAIM,
        "{effect: reduces}",
        "{regimen: {dose: {a: 1}, length: 1 h}}",
        "16:11",
        "'dose' takes no mapping",
        "",
    ),
    (
        CLAIM,
        "{effect: reduces}",
        "{regimen: {dose: null, length: 1 h}}",
        "16:11",
        "'dose' is empty; write its value",
        "",
    ),
    (
        CLAIM,
        "{effect: reduces}",
        "{regimen: 1 h}",
        "16:11",
        "a regimen has two parts or more: {dose: 0.5 mg/kg, length: 40 min}",
        "",
    ),
    (CLAIM, "{effect: reduces}", "{share: }", "16:11", "'share' is empty", ""),
    (CLAIM, "{effect: reduces}", "{share: .nan}", "16:11", "'.nan' is not a share", "write 71.4%"),
    (CLAIM, "{effect: reduces}", "{share: .inf}", "16:11", "'.inf' is not a share", "write 71.4%"),
    (CLAIM, "{effect: reduces}", "{share: nan}", "16:11", "'nan' is not a share", ""),
    (CLAIM, "{effect: reduces}", "{share: 1e999}", "16:11", "'inf' is not a share", ""),
    (CLAIM, "{effect: reduces}", "{share: " + "9" * 5000 + "}", "16:11", "is not a share", ""),
    (
        CLAIM,
        "{amount: 2 day, bound: about}",
        "{amount: 1e999 min}",
        "21:11",
        "unknown unit 'e999 min'",
        "",
    ),
    (
        CLAIM,
        "{amount: 2 day, bound: about}",
        "{amount: " + "9" * 400 + " min}",
        "21:11",
        "is too long for a value",
        "",
    ),
    (
        CLAIM,
        "{amount: 2 day, bound: about}",
        "{amount: 2 days}",
        "21:11",
        "unknown unit 'days'",
        "did you mean 'day'",
    ),
    (
        CLAIM,
        "{amount: 2 day, bound: about}",
        "{amount: 2 furlongs}",
        "21:11",
        "unknown unit 'furlongs'",
        "one of s, min",
    ),
    (CLAIM, "{amount: 2 day, bound: about}", "{amount: 2}", "21:11", "unknown unit ''", ""),
    (
        CLAIM,
        "{amount: 2 day, bound: about}",
        "{amount: two days}",
        "21:11",
        "'two days' is not an amount",
        "write 40 min",
    ),
    (
        CLAIM,
        "{amount: 2 day, bound: about}",
        "{amount: 5 to 2 day}",
        "21:11",
        "'5 to 2 day' runs backwards",
        "",
    ),
    (
        CLAIM,
        "{amount: 2 day, bound: about}",
        "{amount: 2 to 5 day, bound: about}",
        "21:11",
        "a range takes no bound",
        "",
    ),
    (
        CLAIM,
        "{amount: 2 day, bound: about}",
        '{amount: ">2 day", bound: about}',
        "21:11",
        "say the same thing twice",
        "",
    ),
    (
        CLAIM,
        "{amount: 2 day, bound: about}",
        "{amount: 2 day, bound: nearly}",
        "21:11",
        "'nearly' is not a bound: up-to",
        "",
    ),
    (
        CLAIM,
        "{amount: 2 day, bound: about}",
        "{amount: 2 day, of: [1, 2]}",
        "21:11",
        "'of' does not go with 'amount'",
        "",
    ),
    (
        CLAIM,
        "{amount: 2 day, bound: about}",
        "{amount: several-weeks}",
        "21:11",
        "'several-weeks' is not an amount",
        "'several-days'",
    ),
    (TRIAL, "of: [21, 38]", "of: 38", "19:11", "'of' is a count and its total", ""),
    (TRIAL, "of: [21, 38]", "of: [38, 21]", "19:11", "'of' is a count and its total", ""),
    (
        TRIAL,
        "of: [21, 38]",
        "of: [21, " + "9" * 4000 + "]",
        "19:11",
        "'of' counts people, at most",
        "",
    ),
    (TRIAL, "of: [21, 38]", "of: [0, 0]", "19:11", "'of' is a count and its total", ""),
    (TRIAL, "of: [21, 38]", "of: [21, true]", "19:11", "'of' is a count and its total", ""),
    (TRIAL, "of: [21, 38]", "of: [21, 38, 40]", "19:11", "'of' is a count and its total", ""),
    (
        SURVEY,
        "{includes: [home, spa]}",
        "{includes: home}",
        "12:11",
        "'includes' takes a list of concepts",
        "",
    ),
    (
        SURVEY,
        "{includes: [home, spa]}",
        "{only: []}",
        "12:11",
        "'only' takes a list of concepts",
        "",
    ),
    (
        SURVEY,
        "{includes: [home, spa]}",
        "{excludes: [7]}",
        "12:11",
        "'excludes' takes a list of concepts",
        "",
    ),
    (
        VOCABULARY,
        '{share: ">50%"',
        "{effect: reduces",
        "24:9",
        "a word means a share or an amount",
        "",
    ),
    (
        VOCABULARY,
        "amount: 2 to 5 day",
        "amount: 2 to 5 dy",
        "25:17",
        "unknown unit 'dy'",
        "did you mean 'day'",
    ),
]
TEXT: list[Row] = [
    (
        CLAIM,
        "quote: gone in 2 days",
        f"quote: {LONG}",
        "20:12",
        "a quote of 26 words; at most 25",
        "keep its first and last words",
    ),
    (CLAIM, "quote: gone in 2 days", "quote: ''", "20:12", "empty text", "write it out"),
    (CLAIM, "quote: gone in 2 days", 'quote: "  "', "20:12", "empty text", "write it out"),
    (
        CLAIM,
        "quote: gone in 2 days",
        "quote: …",
        "20:12",
        "a quote without a word",
        "copy the page's words",
    ),
    (CLAIM, "quote: gone in 2 days", "quote: '.'", "20:12", "a quote without a word", "copy"),
    (CLAIM, "quote: gone in 2 days", "quote: |", "20:12", "empty text", ""),
    (
        CLAIM,
        "quote: gone in 2 days",
        'quote: "gone\\0"',
        "20:12",
        "a control character",
        "remove it",
    ),
    (
        CLAIM,
        "quote: gone in 2 days",
        'quote: "\\e[31mgone"',
        "20:12",
        "a control character",
        "remove it",
    ),
    (
        CLAIM,
        "quote: gone in 2 days",
        "quote: gone \x00 days",
        "20:17",
        "a character that YAML does not allow",
        "remove it",
    ),
    (
        CLAIM,
        "quote: gone in 2 days",
        "quote: “gone” 🦶 \x07",
        "20:21",
        "a character that YAML does not allow",
        "remove it",
    ),
    (
        CLAIM,
        "quote: gone in 2 days",
        "quote: gone\x7f",
        "20:16",
        "a character that YAML does not allow",
        "remove it",
    ),
    (CLAIM, "quote: gone in 2 days", 'quote: "\\ud800"', "20:15", "not valid YAML", ""),
    (
        CLAIM,
        "    quote: gone in 2 days",
        "\tquote: gone in 2 days",
        "20:1",
        "not valid YAML",
        "indented with spaces",
    ),
    (
        CLAIM,
        "quote: gone in 2 days",
        "quote: gone: in 2 days",
        "20:16",
        "not valid YAML",
        "put quotation marks around text that contains ': '",
    ),
    (
        CLAIM,
        "quote: gone in 2 days",
        "quote: %gone",
        "20:12",
        "not valid YAML",
        "text that starts with a sign",
    ),
    (
        CLAIM,
        "quote: gone in 2 days",
        "quote: @gone",
        "20:12",
        "not valid YAML",
        "text that starts with a sign",
    ),
    (
        CLAIM,
        "quote: gone in 2 days",
        'quote: "gone in 2 days',
        "20:12",
        "not valid YAML",
        "close the quotation mark",
    ),
    (
        CLAIM,
        "{amount: 2 day, bound: about}",
        "{amount: 2 day, bound: about",
        "21:11",
        "not valid YAML",
        "check the indentation",
    ),
    (
        CLAIM,
        "    quote: gone in 2 days",
        "   quote: gone in 2 days",
        "20:4",
        "not valid YAML",
        "check the indentation",
    ),
    (
        CLAIM,
        "quote: gone in 2 days",
        "quote: &words gone",
        "20:12",
        "an anchor or alias is not used",
        "write the value out",
    ),
    (
        CLAIM,
        "quote: gone in 2 days",
        "quote: *words",
        "20:12",
        "an anchor or alias is not used",
        "write the value out",
    ),
    (
        CLAIM,
        "about: {population: child-cold}",
        "about: &a {population: child-cold}",
        "18:12",
        "an anchor or alias",
        "",
    ),
    (
        CLAIM,
        "quote: gone in 2 days",
        "quote: !!str gone",
        "20:12",
        "a tag is not used",
        "write the value out",
    ),
    (
        CLAIM,
        "quote: gone in 2 days",
        "quote: !!python/object/apply:os.system [ls]",
        "20:12",
        "a tag is not used",
        "",
    ),
    (
        CLAIM,
        "kind: efficacy",
        "---\nkind: efficacy",
        "2:1",
        "a second document in one file",
        "one record per file",
    ),
    (CLAIM, "kind: efficacy", "? [kind]\n: efficacy", "2:3", "a key must be plain text", ""),
    (
        CLAIM,
        "section: Colds",
        "section: " + "[" * 30 + "]" * 30,
        "14:35",
        "nested more than 24 deep",
        "",
    ),
    (CLAIM, "section: Colds", "section: " + "{a: " * 5000, "14:98", "nested more than 24 deep", ""),
    (
        CLAIM,
        "kind: efficacy",
        "kind: efficacy\nkind: efficacy",
        "3:1",
        "the key 'kind' is here twice",
        "keep one of them",
    ),
    (
        CLAIM,
        "intervention: footbath,",
        "intervention: footbath, intervention: footbath,",
        "3:58",
        "'intervention' is here twice",
        "keep",
    ),
    (
        CLAIM,
        "    section: Colds",
        "    section: Colds\n    section: Feet",
        "15:5",
        "the key 'section' is here twice",
        "keep one",
    ),
    (
        CLAIM,
        "{effect: reduces}",
        "{effect: none, effect: reduces}",
        "16:26",
        "the key 'effect' is here twice",
        "keep one",
    ),
    (
        CLAIM,
        "why: The only",
        'why: x, "why": The only',
        "5:42",
        "the key 'why' is here twice",
        "keep one",
    ),
    (
        CLAIM,
        "imprecision:",
        "imprecision: {down: 2, because: x}\n  imprecision:",
        "12:3",
        "'imprecision' is here twice",
        "",
    ),
    (
        VOCABULARY,
        "  comparator:",
        "  setting: {}\n  comparator:",
        "16:3",
        "the key 'setting' is here twice",
        "keep one of them",
    ),
    (
        VOCABULARY,
        "    spa:",
        "    home: {label: Home}\n    spa:",
        "17:5",
        "the key 'home' is here twice",
        "keep one of them",
    ),
    (
        PAGE,
        "clinic: Warm Feet Spa",
        "clinic: '‮'\nclinic: Warm Feet Spa",
        "2:1",
        "the key 'clinic' is here twice",
        "",
    ),
    (
        PAGE,
        "title: Colds end here",
        "title: 🦶🦶 'x': y",
        "2:14",
        "not valid YAML",
        "put quotation marks",
    ),
    (PAGE, "title: Colds end here", 'title: ""', "2:8", "empty text", "write it out, or null"),
    (PAGE, "regimen: {", 'regimen: {"a": "🦶", ', "6:11", "unknown key 'a'", ""),
]
BIBTEX: list[Row] = [
    (
        BIB,
        "klein-2004",
        "weber-2001",
        "9:1",
        "repeated BibTeX key 'weber-2001'",
        "give one of them another key",
    ),
    (
        BIB,
        "klein-2004",
        "Weber-2001",
        "9:1",
        "repeated BibTeX key 'Weber-2001'",
        "give one of them another key",
    ),
    (BIB, "@misc{klein-2004,", "@misc{,", "9:1", "an entry without a key", "write @article{key"),
    (
        BIB,
        "@misc{klein-2004,",
        "@misc{Klein-2004,",
        "9:1",
        "the key 'Klein-2004' is not an id",
        NO_ID,
    ),
    (
        BIB,
        "  title = {A survey of feet},\n",
        "",
        "9:1",
        "the entry 'klein-2004' has no title",
        "write title = ",
    ),
    (
        BIB,
        "title = {A survey of feet}",
        "title = {{}}",
        "9:1",
        "the entry 'klein-2004' has no title",
        "write title = ",
    ),
    (
        BIB,
        "@misc{klein-2004",
        "@comment{\n  @misc{old-1999,\n  title = {x}\n}}\n\n@misc{klein-2004",
        "10:3",
        "the entry 'old-1999' is in a @comment",
        "delete it, or take it out of the comment",
    ),
    (BIB, "Klein, Bo", "Klein B, Roe C", "11:3", "parted by a comma", "separate names with 'and'"),
    (
        BIB,
        "survey of feet",
        "survey of 9% feet\\",
        "10:3",
        "TeX that cannot be read",
        "write it out",
    ),
    (BIB, "Klein, Bo", "Klein, Bo \\}", "11:3", "TeX that cannot be read", "write it out"),
    (
        BIB,
        "year = {2004}",
        "crossref = {weber-2010}",
        "13:3",
        "unknown entry 'weber-2010'",
        "weber-2001",
    ),
    (
        BIB,
        "survey of feet}",
        "feet \\}}",
        "10:3",
        "TeX that cannot be read",
        "write it out",
    ),
    (BIB, "survey of feet", "survey\x00 of feet", "10:20", "a control character", "remove it"),
    (
        BIB,
        "survey of feet}",
        "survey of feet",
        "9:1",
        "the braces of this entry do not balance",
        "add or remove one",
    ),
    (
        BIB,
        "year = {2004}\n}",
        "year = {2004}\n",
        "9:1",
        "the braces of this entry do not balance",
        "add or remove one",
    ),
    (
        BIB,
        "colds},\n",
        "colds}\n",
        "5:1",
        "not valid BibTeX: '}' expected",
        "check the braces and commas",
    ),
    (BIB, "year = {2004}", "year = soon", "13:1", "undefined string: soon", ""),
    (BIB, "year = {2004}", "year {2004}", "13:1", "not valid BibTeX: '=' expected", ""),
    (BIB, "year = {2004}", "year =", "14:1", "not valid BibTeX: field value expected", ""),
    (
        BIB,
        "year = {2004}",
        "title = {Feet}",
        "9:1",
        "duplicate title field",
        "write each field once",
    ),
    (
        BIB,
        "Klein, Bo",
        "Klein, B, C, D, E",
        "11:13",
        "Too many commas",
        "separate names with 'and'",
    ),
    (BIB, "@misc{klein-2004", "@misc klein-2004", "9:1", "'(' or '{' expected", ""),
    (
        BIB,
        "}\n\n@misc",
        "} @misc",
        "7:3",
        "the entry 'klein-2004' starts in the middle of a line",
        "on a line of its own",
    ),
    (
        BIB,
        "https://example.org/klein",
        "javascript:alert(1)",
        "12:3",
        "not a web address",
        "start it with https://",
    ),
]
ROWS = [*KEYS, *RESERVED, *MISSING, *TYPES, *NAMES, *VALUES, *TEXT, *BIBTEX]


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "message", "repair"),
    ROWS,
    ids=[f"{row[0]}:{row[3]} {row[4]}" for row in ROWS],
)
def test_one_thing_wrong(
    file: str, old: str, new: str, place: str, message: str, repair: str, tmp_path: Path
) -> None:
    write_base(tmp_path, {file: changed(file, old, new)})
    the_one(problems(tmp_path), f"{file}:{place}", message, repair)


NO_MAPPING = "a record is a mapping of keys to values"
WHOLE: list[tuple[str, Content, str, str, str]] = [
    (CLAIM, "", f"{CLAIM}:1:1", NO_MAPPING, "records.md"),
    (CLAIM, "# nothing\n", f"{CLAIM}:1:1", NO_MAPPING, "records.md"),
    (CLAIM, "- a\n- b\n", f"{CLAIM}:1:1", NO_MAPPING, "records.md"),
    (CLAIM, "just words", f"{CLAIM}:1:1", NO_MAPPING, "records.md"),
    (CLAIM, "null", f"{CLAIM}:1:1", NO_MAPPING, "records.md"),
    (CLAIM, "[" * 100_000, f"{CLAIM}:1:25", "nested more than 24 deep", ""),
    (CLAIM, "{" * 100_000, f"{CLAIM}:1:2", "a key must be plain text", ""),
    (CLAIM, "- " * 100_000, f"{CLAIM}:1:49", "nested more than 24 deep", ""),
    (
        CLAIM,
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        f"{CLAIM}:1:4",
        "an anchor or alias is not used",
        "write the value out",
    ),
    (CLAIM, "%YAML 3.0\n---\na: b\n", f"{CLAIM}:1:1", "incompatible YAML", ""),
    (
        CLAIM,
        SOUND[CLAIM].encode("utf-16"),
        f"{CLAIM}:1:1",
        "not valid UTF-8",
        "save the file as UTF-8",
    ),
    (
        CLAIM,
        "statement: é".encode("latin-1"),
        f"{CLAIM}:1:12",
        "not valid UTF-8",
        "save the file as UTF-8",
    ),
    (
        CLAIM,
        b"a: b\n\xc3\xa9\xf0\x9f\xa6\xb6 \xff",
        f"{CLAIM}:2:4",
        "not valid UTF-8",
        "save the file as UTF-8",
    ),
    (CLAIM, b"\xef\xbb\xbfa\xff", f"{CLAIM}:1:2", "not valid UTF-8", "save the file as UTF-8"),
    (
        CLAIM,
        SOUND[CLAIM].encode()[:200] + b"\xc3",
        f"{CLAIM}:5:53",
        "not valid UTF-8",
        "save the file as UTF-8",
    ),
    (CLAIM, b"\x00" * 50, f"{CLAIM}:1:1", "a character that YAML does not allow", "remove it"),
    (CLAIM, "k" * 2000 + ": v\n", f"{CLAIM}:1:2001", "not valid YAML", ""),
    (
        CLAIM,
        "k" * 900 + ": v\n" + SOUND[CLAIM],
        f"{CLAIM}:1:1",
        "unknown key",
        "the keys here are statement",
    ),
    (TRIAL, "", f"{TRIAL}:1:1", NO_MAPPING, "records.md"),
    (TRIAL, "[]", f"{TRIAL}:1:1", NO_MAPPING, "records.md"),
    (PAGE, "spa", f"{PAGE}:1:1", NO_MAPPING, "records.md"),
    (PAGE, b"clinic: \xff", f"{PAGE}:1:9", "not valid UTF-8", "save the file as UTF-8"),
    (TOPIC, "", f"{TOPIC}:1:1", NO_MAPPING, "records.md"),
    (TOPIC, None, f"{TOPIC}:1:1", "the topic has claims and no topic.yaml", "write it"),
    (VOCABULARY, "", f"{VOCABULARY}:1:1", NO_MAPPING, "records.md"),
    (VOCABULARY, b"\xff", f"{VOCABULARY}:1:1", "not valid UTF-8", "save the file as UTF-8"),
    (VOCABULARY, "words: {}\n", f"{VOCABULARY}:1:1", "'concepts' is missing or not a mapping", ""),
    (
        VOCABULARY,
        "concepts: []\nwords: {}\n",
        f"{VOCABULARY}:1:11",
        "'concepts' is missing or not a mapping",
        "",
    ),
    (
        VOCABULARY,
        SOUND[VOCABULARY].partition("words:")[0],
        f"{VOCABULARY}:1:1",
        "'words' is missing or not a mapping",
        "",
    ),
    (VOCABULARY, None, f"{VOCABULARY}:1:1", "there is no vocabulary", "add claims/vocabulary.yaml"),
    (BIB, None, f"{BIB}:1:1", "there are no references", "add sources/references.bib"),
    (
        BIB,
        b"@misc{a,\n title = {\xc3\xa9\xff}}",
        f"{BIB}:2:12",
        "not valid UTF-8",
        "save the file as UTF-8",
    ),
    (BIB, "@{a, title = {x}}", f"{BIB}:1:1", "not valid BibTeX", ""),
    (
        BIB,
        "@misc{a, title = {" + "{" * 5000 + "}" * 5000 + "}}",
        f"{BIB}:1:1",
        "too many nested braces",
        "",
    ),
    (
        BIB,
        SOUND[BIB].partition("@misc")[0],
        f"{SURVEY}:1:1",
        "no BibTeX entry 'klein-2004'",
        "add it to sources/references.bib",
    ),
    (
        BIB,
        SOUND[BIB] + "@misc{lone-1999,\n  title = {x}\n}\n",
        f"{BIB}:15:1",
        "no appraisal of 'lone-1999'",
        "add sources/lone-1999.yaml",
    ),
    (
        "pages/Warm_Feet.yaml",
        SOUND[PAGE],
        "pages/Warm_Feet.yaml:1:1",
        "'Warm_Feet' is not an id",
        NO_ID,
    ),
    ("pages/index.yaml", SOUND[PAGE], "pages/index.yaml:1:1", "address of the list", "another id"),
    ("pages/-spa.yaml", SOUND[PAGE], "pages/-spa.yaml:1:1", "'-spa' is not an id", NO_ID),
    ("pages/spä.yaml", SOUND[PAGE], "pages/spä.yaml:1:1", "'spä' is not an id", NO_ID),
    ("pages/a.b.yaml", SOUND[PAGE], "pages/a.b.yaml:1:1", "'a.b' is not an id", NO_ID),
    (
        "pages/other.yml",
        SOUND[PAGE],
        "pages/other.yml:1:1",
        "the file ends in '.yml'",
        "let it end in .yaml",
    ),
    ("pages/other.YAML", SOUND[PAGE], "pages/other.YAML:1:1", "ends in '.YAML'", "end in .yaml"),
    ("pages/other.yaml.txt", "", "pages/other.yaml.txt:1:1", "ends in '.txt'", "end in .yaml"),
    ("claims/colds/other", SOUND[STORY], "claims/colds/other:1:1", "no ending", "end in .yaml"),
    ("sources/more.bib", "", "sources/more.bib:1:1", "ends in '.bib'", "sources/references.bib"),
    ("pages/spas/a.yaml", SOUND[PAGE], "pages/spas:1:1", "a folder where none is read", "move"),
    (
        "claims/colds/deep/a.yaml",
        SOUND[STORY],
        "claims/colds/deep:1:1",
        "a folder where none is read",
        "move what it holds",
    ),
    (
        "claims/lost.yaml",
        SOUND[STORY],
        "claims/lost.yaml:1:1",
        "this file belongs to no topic",
        "put it into a topic's folder",
    ),
    (
        "claims/feet/happy-feet.yaml",
        SOUND[STORY],
        "claims/feet/happy-feet.yaml:1:1",
        "repeated id 'happy-feet'",
        STORY,
    ),
    (
        "claims/Cold Feet/topic.yaml",
        "question: a\nanswer: b\nclaims: []\n",
        "claims/Cold Feet/topic.yaml:1:1",
        "is not an id",
        NO_ID,
    ),
    (STORY, None, f"{TOPIC}:3:24", "unknown claim 'happy-feet'", ""),
]


@pytest.mark.parametrize(
    ("file", "content", "place", "message", "repair"),
    WHOLE,
    ids=[f"{row[2]} {row[3]}" for row in WHOLE],
)
def test_one_whole_file_wrong(
    file: str, content: Content, place: str, message: str, repair: str, tmp_path: Path
) -> None:
    the_one(problems(write_base(tmp_path, {file: content})), place, message, repair)


FINE: list[tuple[str, str | bytes]] = [
    *((file, b"\xef\xbb\xbf" + text.encode()) for file, text in SOUND.items()),
    *((file, text.replace("\n", "\r\n")) for file, text in SOUND.items()),
    (CLAIM, SOUND[CLAIM].rstrip("\n")),
    (CLAIM, "---\n" + SOUND[CLAIM] + "...\n"),
    (CLAIM, "# yaml-language-server: $schema=../schemas/claim.schema.json\n\n" + SOUND[CLAIM]),
    (CLAIM, changed(CLAIM, "section: Colds", "section: 👩‍⚕️ שלום עולם مرحبا \u202e e\u0301")),
    (CLAIM, changed(CLAIM, "section: Colds", "section: " + "long " * 50_000)),
    (CLAIM, changed(CLAIM, "section: Colds", "section: inf")),
    (CLAIM, changed(CLAIM, "section: Colds", "section: 1_000")),
    (CLAIM, changed(CLAIM, "section: Colds", "section: 2001-01-01")),
    (CLAIM, changed(CLAIM, "section: Colds", "section: 'on'")),
    (CLAIM, changed(CLAIM, "section: Colds", "section: no")),
    (CLAIM, changed(CLAIM, "section: Colds", "section:")),
    (CLAIM, changed(CLAIM, "says: {effect: reduces}", "says: {is: true}")),
    (CLAIM, changed(CLAIM, "says: {effect: reduces}", "says: {share: most}")),
    (CLAIM, changed(CLAIM, "says: {effect: reduces}", "says: {share: 70}")),
    (PAGE, changed(PAGE, "session: 20 to 30 min", "session: several-days")),
    (TRIAL, changed(TRIAL, "centres: 1", "centres: about ten")),
]


@pytest.mark.parametrize(
    ("file", "content"), FINE, ids=[f"{index}-{file}" for index, (file, _) in enumerate(FINE)]
)
def test_fine(file: str, content: str | bytes, tmp_path: Path) -> None:
    assert len(sound(write_base(tmp_path, {file: content})).claims) == 2


def test_what_is_not_saved_counts_in_the_place_of_the_file(tmp_path: Path) -> None:
    write_base(tmp_path, SOUND)
    path = tmp_path / CLAIM
    saved = path.read_bytes()
    path.write_bytes(b"kind: [")
    assert load(tmp_path, unsaved={path: saved}).claims
    path.write_bytes(saved)
    broken = b"\n\n" + saved.replace(b"kind:", b"kidn:")
    with pytest.raises(LoadError) as caught:
        load(tmp_path, unsaved={path: broken})
    lines = broken.splitlines()
    assert caught.value.problems
    for problem in caught.value.problems:
        assert problem.at.file == CLAIM
        assert problem.at.line > 2
    assert any(lines[each.at.line - 1].startswith(b"kidn") for each in caught.value.problems)


def test_circle_of_broader_concepts(tmp_path: Path) -> None:
    text = changed(
        VOCABULARY, "{label: Symptom, good: less}", "{label: Symptom, broader: cured-share}"
    )
    text = text.replace(
        "{label: Cured within a week, good: more}",
        "{label: Cured, broader: [cold-length, chilblains]}",
    )
    found = problems(write_base(tmp_path, {VOCABULARY: text}))
    assert [str(problem) for problem in found] == [
        f"{VOCABULARY}:{line}:5: {name!r} is broader than itself; break the circle"
        for line, name in ((19, "symptom"), (20, "cold-length"), (21, "cured-share"))
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_occurrences_have_ids_of_their_own_whatever_the_pages_are_called(
    count: int, tmp_path: Path
) -> None:
    one, two = "  - {page: warm-feet-spa, quote: a}\n", "  - {page: warm-feet-spa-2, quote: b}\n"
    start = SOUND[STORY].partition("  - page")[0]
    write_base(
        tmp_path, {STORY: start + one * 2 + two * count, "pages/warm-feet-spa-2.yaml": SOUND[PAGE]}
    )
    assert len(sound(tmp_path).occurrences) == 2 + 2 + count


@pytest.mark.parametrize(
    "file", ["claims/colds/.#shorter-cold.yaml", "pages/._spa.yaml", "pages/a.yaml~", "claims/a.md"]
)
def test_files_of_editors_and_for_people_are_no_records(file: str, tmp_path: Path) -> None:
    write_base(tmp_path)
    (tmp_path / file).symlink_to("user@host.1:2")
    assert len(sound(tmp_path).claims) == 2


# --- what is not a file -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", [CLAIM, TRIAL, PAGE, TOPIC, VOCABULARY, BIB])
def test_a_directory_in_place_of_a_file(file: str, tmp_path: Path) -> None:
    write_base(tmp_path)
    (tmp_path / file).unlink()
    (tmp_path / file).mkdir()
    the_one(
        problems(tmp_path),
        f"{file}:1:1",
        "not a file that can be read: Is a directory",
        "replace it or remove it",
    )


@pytest.mark.parametrize("file", [CLAIM, TRIAL, PAGE, TOPIC])
def test_a_link_to_nowhere(file: str, tmp_path: Path) -> None:
    write_base(tmp_path)
    (tmp_path / file).unlink()
    (tmp_path / file).symlink_to(tmp_path / "nowhere")
    the_one(
        problems(tmp_path),
        f"{file}:1:1",
        "not a file that can be read: No such file",
        "replace it or remove it",
    )


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    write_base(tmp_path)
    os.mkfifo(tmp_path / "pages" / "pipe.yaml")
    the_one(problems(tmp_path), "pages/pipe.yaml:1:1", "neither a file nor a folder", "remove it")


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    write_base(tmp_path)
    (tmp_path / "claims" / "loop").symlink_to(".")
    the_one(problems(tmp_path), "claims/loop:1:1", "a link to a folder", "move what it holds")


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_base(tmp_path, {"claims/feet/topic.yaml": SOUND[TOPIC]})

    def scan(path: Path) -> Any:
        if path.name == "feet":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", scan)
    found = problems(tmp_path)
    the_one(found, "claims/feet:1:1", "not a folder that can be read: Permission denied", "allow")


@pytest.mark.parametrize("variable", ["CLAIMBOOK_SNAPSHOTS", "CLAIMBOOK_FIGURES"])
def test_a_folder_of_texts_that_is_not_there(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_base(tmp_path)
    monkeypatch.setenv(variable, "/gone")
    with pytest.raises(LoadError, match=f"/gone:1:1: {variable} names no folder"):
        load(tmp_path)


def test_a_link_to_itself(tmp_path: Path) -> None:
    write_base(tmp_path)
    (tmp_path / PAGE).unlink()
    (tmp_path / PAGE).symlink_to(tmp_path / PAGE)
    the_one(
        problems(tmp_path),
        f"{PAGE}:1:1",
        "not a file that can be read: Too many levels of symbolic links",
        "",
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    write_base(tmp_path)
    (tmp_path / PAGE).chmod(0)
    the_one(problems(tmp_path), f"{PAGE}:1:1", "not a file that can be read: Permission denied", "")


def test_a_file_whose_name_is_no_text(tmp_path: Path) -> None:
    write_base(tmp_path)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/pages/\xff.yaml")).write_text(SOUND[PAGE])
    (problem,) = problems(tmp_path)
    assert "is not an id" in problem.message
    str(problem).encode()


# --- bases with parts missing -----------------------------------------------------------------------------------------


def test_a_book_in_which_a_source_is_needs_no_appraisal(tmp_path: Path) -> None:
    book = "@proceedings{spa-2004,\n  title = {Spa},\n  year = {2004}\n}\n"
    text = changed(BIB, "year = {2004}", "crossref = {spa-2004}") + book
    references = sound(write_base(tmp_path, {BIB: text})).references
    assert references.keys() == {"weber-2001", "klein-2004"}
    assert references["klein-2004"].fields["year"] == "2004"


def test_an_empty_folder(tmp_path: Path) -> None:
    assert [str(problem.at) for problem in problems(tmp_path)] == [
        f"{VOCABULARY}:1:1",
        "pages/:1:1",
        f"{BIB}:1:1",
    ]


def test_a_base_without_claims(tmp_path: Path) -> None:
    the_one(
        problems(write_base(tmp_path, {CLAIM: None, STORY: None, TOPIC: None})),
        "claims/:1:1",
        "an empty base: no claims",
        "add one",
    )


def test_a_base_without_pages(tmp_path: Path) -> None:
    found = problems(write_base(tmp_path, {PAGE: None}))
    assert "pages/:1:1: an empty base: no pages; add one, or run in the base's folder" in map(
        str, found
    )
    assert (
        sum(
            "unknown page 'warm-feet-spa'; add pages/warm-feet-spa.yaml" in str(problem)
            for problem in found
        )
        == 3
    )


def test_a_base_without_sources(tmp_path: Path) -> None:
    story_only = "question: a\nanswer: b\nclaims: [happy-feet]\n"
    write_base(tmp_path, {TRIAL: None, SURVEY: None, BIB: "", CLAIM: None, TOPIC: story_only})
    the_one(problems(tmp_path), "sources/:1:1", "an empty base: no sources", "add one")


# --- the text that was read -------------------------------------------------------------------------------------------


def test_the_text_at_hand_is_not_the_text_that_was_read(tmp_path: Path) -> None:
    write_base(tmp_path / "base")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/warm-feet-spa.txt").write_bytes(b"data")
    assert load(tmp_path / "base", tmp_path / "texts").snapshots == {"warm-feet-spa": "data"}
    assert hashlib.sha256(b"data").hexdigest() == HASH
    (tmp_path / "texts/warm-feet-spa.txt").write_bytes(b"data.")
    the_one(
        problems(tmp_path / "base", tmp_path / "texts"),
        f"{PAGE}:5:9",
        "is not the text that was read",
        "read the page again",
    )


def test_a_hash_that_is_none_is_told_once(tmp_path: Path) -> None:
    write_base(tmp_path / "base", {PAGE: changed(PAGE, HASH, "none")})
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/warm-feet-spa.txt").write_bytes(b"data")
    the_one(problems(tmp_path / "base", tmp_path / "texts"), f"{PAGE}:5:9", "not a SHA-256", "")


# --- many at once -----------------------------------------------------------------------------------------------------

MANY: dict[str, Content] = {
    CLAIM: changed(CLAIM, "outcome: cold-length", "outcome: cold")
    .replace("finding: klein-2004/length", "finding: klein/length")
    .replace("gone in 2 days", LONG)
    .replace("[weber-2001, unresolved]", "[weber]"),
    STORY: changed(STORY, "kind: testimonial", "kind: testimony").replace(
        "statement: People like footbaths.", "statement: 3"
    )
    + "x: y\n",
    TRIAL: changed(TRIAL, "effect: none", "effect: nothing")
    .replace("of: [21, 38]", "of: 21")
    .replace("design: ", "desing: "),
    PAGE: changed(PAGE, HASH, "abc")
    .replace("https:", "ftp:")
    .replace("settings: [home", "settings: [house"),
    VOCABULARY: changed(VOCABULARY, "good: less", "good: small").replace(
        "broader: common-cold", "broader: cold"
    ),
    BIB: changed(BIB, "survey", "\x07survey").replace("klein-2004", "weber-2001"),
}


def test_all_problems_of_all_files_come_at_once_and_in_order(tmp_path: Path) -> None:
    found = problems(write_base(tmp_path, MANY))
    assert found == sorted(found)
    assert len(found) == len(set(found))
    assert [str(problem.at) for problem in found] == [
        *(f"{STORY}:{place}" for place in ("1:12", "2:7", "7:1")),
        *(f"{CLAIM}:{place}" for place in ("3:67", "6:14", "17:13", "20:12")),
        *(f"{VOCABULARY}:{place}" for place in ("6:53", "19:37")),
        *(f"{PAGE}:{place}" for place in ("3:10", "5:9", "6:69")),
        *(f"{BIB}:{place}" for place in ("9:1", "10:14")),
        *(f"{TRIAL}:{place}" for place in ("1:1", "2:1", "13:11", "19:11")),
    ]


def test_the_error_says_everything(tmp_path: Path) -> None:
    write_base(tmp_path, MANY)
    with pytest.raises(LoadError) as caught:
        sound(tmp_path)
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]


def test_check_on_a_broken_base_exits_with_2(tmp_path: Path) -> None:
    write_base(tmp_path, MANY)
    result = CliRunner().invoke(main, ["check", "--root", str(tmp_path)])
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert f"{CLAIM}:3:67: unknown concept 'cold'" in result.stderr
    assert result.stderr.endswith("18 problems: nothing was checked\n")
    assert result.stdout == ""


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_check_in_a_process_of_its_own_prints_no_traceback(form: str, tmp_path: Path) -> None:
    write_base(
        tmp_path,
        {
            CLAIM: b"\xff",
            TRIAL: "[" * 10_000,
            PAGE: changed(PAGE, "clinic: Warm Feet Spa", "clinic: '🦶'\nclinic: 3"),
        },
    )
    command = [
        sys.executable,
        "-m",
        "claimbook",
        "check",
        "--root",
        str(tmp_path),
        "--format",
        form,
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == 5


# --- at random --------------------------------------------------------------------------------------------------------


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """The text with a few lines or characters gone, doubled or replaced."""
    pieces = text.splitlines(keepends=True) if draw(st.booleans()) else list(text)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(pieces) - 1, 0)))
        match draw(st.sampled_from(["delete", "double", "replace", "swap"])):
            case "delete":
                del pieces[at : at + 1]
            case "double":
                pieces[at:at] = pieces[at : at + 1]
            case "replace":
                odd = st.sampled_from(
                    [
                        *"{}[]:,-&*!|>'\"%@`#?\t\n\0 0",
                        "\r\n",
                        "é",
                        "🦶",
                        "...",
                        "---",
                        "null",
                        "1e999",
                        "- ",
                        "at: 1\n",
                        "? ",
                    ]
                )
                pieces[at : at + 1] = [draw(odd | st.text(max_size=3))]
            case _:
                pieces[at : at + 2] = reversed(pieces[at : at + 2])
    return "".join(pieces)


def damaged(text: str) -> st.SearchStrategy[bytes]:
    written = mutated(text).map(lambda made: made.encode("utf-8", "surrogatepass"))
    return st.binary(max_size=60) | st.binary(max_size=9).map(text.encode().__add__) | written


@pytest.mark.parametrize("file", SOUND)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_in_a_file_it_loads_or_says_where_it_is_wrong(
    file: str, data: st.DataObject, tmp_path: Path
) -> None:
    write_base(tmp_path, {file: data.draw(damaged(SOUND[file]))})
    found: list[Problem] | None = None
    try:
        sound(tmp_path)
    except LoadError as error:
        found = error.problems
    assert found is None or found
    for problem in found or ():
        text = (tmp_path / problem.at.file).read_bytes().decode(errors="replace")
        assert 1 <= problem.at.line <= len(text.splitlines()) + 1
        assert problem.at.column >= 1
        assert problem.message
        assert "Location(" not in str(problem)
        assert str(problem).encode()
