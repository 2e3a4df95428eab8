"""The English of the site has a word for whatever a record may hold."""

from typing import get_args

from claimbook.records import StandingStatus
from claimbook.site.words import WORDS


def test_every_standing_has_a_word() -> None:
    assert set(WORDS["standing"]) == set(get_args(StandingStatus))
