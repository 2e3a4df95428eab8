"""What stands in BibTeX comes out as plain text, and as it was written."""

import pytest

from claimbook.loading.bibtex_file import latex_to_text, read


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"G{\"o}del", "Gödel"),
        (r"{\'e}t\'{\i}", "étí"),
        (r"\v{S}koda", "Škoda"),
        (r"{\O}stre", "Østre"),
        (r"Stra\ss{}e", "Straße"),
        (r"\c{c}a", "ça"),
        ("a--b", "a–b"),
        ("a~b", "a b"),
        ("Größe", "Größe"),
        (r"\&", "&"),
        ("Anesthesia & Analgesia", "Anesthesia & Analgesia"),
        (r"5\% of \$5", "5% of $5"),
        (r"\textit{in vivo} $\alpha$-2", "in vivo α-2"),
        (r"H\textsubscript{2}O", "H2O"),
        ("{The {DNA}}", "The DNA"),
    ],
)
def test_tex_is_read_as_plain_text(written: str, plain: str) -> None:
    assert latex_to_text(written) == plain


def test_a_reference_is_plain_and_its_entry_is_kept() -> None:
    entry = r"""@misc{a-2001,
  title = {{\textit{In vivo} $\alpha$-2}},
  author = {M{\"u}ller, A. and {World Health Organization}},
  url = {https://a.example/x--y\_z?b=1\&c=2}
}
"""
    references, problems = read(entry.encode(), "references.bib")
    assert problems == []
    (reference,) = references.values()
    assert reference.fields == {"title": "In vivo α-2", "url": "https://a.example/x--y_z?b=1&c=2"}
    assert reference.persons == {"author": ("Müller, A.", "World Health Organization")}
    assert reference.text == entry
