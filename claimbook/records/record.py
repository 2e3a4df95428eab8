"""How a record is written: the settings every record shares."""

WRITTEN = {
    "set_aside": "set-aside",
    "passed_over": "passed-over",
    "told_by": "told-by",
    "by_denying": "by-denying",
    "exceeds_design": "exceeds-design",
    "with_": "with",
}  # fields that YAML spells otherwise


# Read by the border: a key that no field names is a defect.
BORDER = {
    "extra": "forbid",
    "arbitrary_types_allowed": True,
    "alias_generator": lambda name: WRITTEN.get(name, name),
}
