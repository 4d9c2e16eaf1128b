"""Secrets that have to be read again: not without the key."""

import pytest

from core.sealed import Unreadable, seal, unseal


def test_what_was_sealed_is_read_again_and_stands_nowhere():
    sealed = seal("whsec_құпия")

    assert unseal(sealed) == "whsec_құпия"
    assert "whsec" not in sealed
    assert seal("whsec_құпия") != sealed


def test_a_former_key_still_opens_and_another_does_not(settings):
    sealed = seal("whsec")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another " * 8
    assert unseal(sealed) == "whsec"

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unreadable):
        unseal(sealed)


def test_what_was_tampered_with_is_not_opened():
    sealed = seal("whsec")
    for place in (0, 12, 40, len(sealed) - 5):
        other = "A" if sealed[place] != "A" else "B"
        with pytest.raises(Unreadable):
            unseal(sealed[:place] + other + sealed[place + 1 :])
