"""JSON Schemas: of the files that people write, for their editors, and of the data we export."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from claimbook.loading.load import ADDRESS
from claimbook.loading.yaml_file import AT
from claimbook.records import (
    FACETS,
    KINDS,
    PARTS,
    UNITS,
    Claim,
    Concept,
    Correction,
    Direction,
    Disclosure,
    GlossaryTerm,
    Inbox,
    Matter,
    Page,
    Review,
    Source,
    Topic,
    Unit,
    Value,
)
from claimbook.records.record import computed_fields

_DIALECT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_SHARE = {
    "anyOf": [_TEXT, {"type": "number"}],
    "description": "71.4%, '>50%', 40 to 50%, or a word of the vocabulary",
}
_AMOUNT = {
    **_TEXT,
    "description": f"a number or a range with a unit ({', '.join(UNITS)}, or one of the "
    "vocabulary), or a word of the vocabulary",
}
_CONCEPTS = {**_TEXTS, "minItems": 1}
_COUNT = {"type": "integer", "minimum": 0}
_COUNTS = {"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2}
_CORRECTIONS = "What was wrong in published records, and was changed."
_MATTERS = "What a patient decides by, in order: a row each of the board."
_REDIRECTS = "The address that a record had, and the address that it has now."
_QUESTIONS = (
    "The headings under which the site lists questions, in order, with the topics under each."
)
_SEARCHING = (
    "What must be known of how this base searched: headings, with the paragraphs under each."
)
VALUE_SCHEMA: dict[str, Any] = {
    "description": "What is said of the outcome: one kind of value.",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "effect": {"enum": list(Direction)},
        "share": _SHARE,
        "of": _COUNTS,
        "bound": {"enum": ["up-to", "at-least", "about"]},
        "against": {
            **_SHARE,
            "description": "the share of those who had what the treatment was compared with",
        },
        "against-of": _COUNTS,
        "amount": _AMOUNT,
        "regimen": {
            "type": "object",
            "additionalProperties": False,
            "minProperties": 2,
            "properties": {
                name: {**_TEXT, "description": f"{meaning}: a number or a range with a unit"}
                for name, meaning in PARTS.items()
            },
        },
        "is": {"enum": ["yes", "no", True, False]},
        "only": _CONCEPTS,
        "includes": _CONCEPTS,
        "excludes": _CONCEPTS,
    },
    "oneOf": [{"required": [key]} for key in KINDS],
}


class _Schema(GenerateJsonSchema):
    """Records as they are written: values by hand, computed fields left out."""

    def is_instance_schema(self, schema: Any) -> dict[str, Any]:
        return VALUE_SCHEMA if schema["cls"] is Value else super().is_instance_schema(schema)

    def dataclass_schema(self, schema: Any) -> dict[str, Any]:
        written = super().dataclass_schema(schema)
        for name in (AT, *computed_fields(schema["cls"])):
            written.get("properties", {}).pop(name, None)
            if name in written.get("required", ()):
                written["required"].remove(name)
        return written


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of every kind of record by its file's name."""
    address = {**_TEXT, "pattern": f"^{ADDRESS.pattern}$"}
    files = {
        kind.__name__.lower(): _record(kind) for kind in (Claim, Topic, Source, Page, Review, Inbox)
    }
    named = {
        "disclosures": _named(_record(Disclosure)),
        "corrections": _named(_record(Correction), _CORRECTIONS),
        "glossary": _named(_record(GlossaryTerm)),
        "matters": _named(_record(Matter), _MATTERS),
        "redirects": {**_named(address, _REDIRECTS), "propertyNames": address},
        "questions": _named(_TEXTS, _QUESTIONS),
        "searching": _named(_TEXTS, _SEARCHING),
    }
    files |= {name: {"title": name.capitalize(), **schema} for name, schema in named.items()}
    files["vocabulary"] = _vocabulary()
    return {f"{name}.schema.json": _DIALECT | schema for name, schema in files.items()}


def data_schemas(shapes: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The JSON Schema of each exported data file by its file's name."""
    return {
        f"{name}.schema.json": _DIALECT | TypeAdapter(shape).json_schema()
        for name, shape in shapes.items()
    }


def _record(kind: Any) -> dict[str, Any]:
    schema = TypeAdapter(kind).json_schema(schema_generator=_Schema)
    schema.get("$defs", {}).pop("Location", None)
    return schema


def _named(value: dict[str, Any], description: str = "") -> dict[str, Any]:
    """A mapping of names to what has the schema *value*."""
    described = {"description": description} if description else {}
    return {"type": "object", **described, "additionalProperties": value}


def _keyed(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A mapping with these keys and no others."""
    return {"type": "object", "additionalProperties": False, "properties": properties, **more}


def _vocabulary() -> dict[str, Any]:
    concept, unit = _record(Concept), _record(Unit)
    concept["properties"]["broader"] = {"anyOf": [_TEXT, _TEXTS]}
    unit["required"].remove("dimension")  # a unit is a dimension of its own
    means = {"share": _SHARE, "amount": _AMOUNT, "because": _TEXT}
    synonyms = "rings of words that copy uses for one another; the first stands for all"
    properties = {
        "concepts": _keyed(dict.fromkeys(FACETS, _named(concept))),
        "words": _named(_keyed(means, required=["because"])),
        "units": _named(unit, "units of the treatment's own, beside the general ones"),
        "counted": {**_TEXTS, "description": "what shares count, people first"},
        "synonyms": {
            "type": "array",
            "description": synonyms,
            "items": {**_TEXTS, "minItems": 2},
        },
    }
    return _keyed(properties, title="Vocabulary", required=["concepts", "words"])
