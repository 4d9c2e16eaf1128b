"""Guessing is held up: every attempt to come in is counted in the database before it is judged.

Counted by whom it is meant for together with the network that it comes from, and by the network alone. The wait grows
from a minute to an hour and ends by itself. Nobody can lock a person out: not from another network, and not from his
own, because a browser in which he signed in before is counted apart.

Each attempt is a line of the log, and so is each that was right or was held up: one that was tried and has no second
line was wrong. From where it came is said by the proxy's log, under the same number of the request.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from core import rates
from core.exceptions import TooMany

logger = logging.getLogger("portal.door")

MINUTE, QUARTER, HOUR = timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=1)
#: Of one person (or name) from one network, or from one browser that is known to be his.
PERSON = ((5, MINUTE), (10, QUARTER), (20, HOUR))
#: Of everybody from one network: an office behind one address has many people.
NETWORK = ((50, MINUTE), (200, QUARTER), (500, HOUR))
#: Second factors of one person from everywhere: whoever gets so far has the password.
FACTOR = ((50, HOUR),)
#: Letters that reset a password: to one address, and asked for from one network.
LETTERS, LETTERS_ASKED = ((5, HOUR),), ((20, QUARTER), (60, HOUR))
#: Tokens have 256 random bits: only a flood is held up, and never a token that is right.
TOKENS = ((1000, MINUTE), (5000, QUARTER))

#: To be called when the attempt was right: it is then not held against anybody.
type Right = Callable[[], None]
type Counts = list[tuple[str, str, rates.Ladder]]


def password(login: str, network: str, device: str = "") -> Right:
    """TooMany: the attempt is not judged at all. `device`: the known browser that it comes from."""
    return _attempt(_person("password", login.strip().lower(), network, device))


def second_factor(person: int, network: str, device: str = "") -> Right:
    counts = _person("factor", str(person), network, device)
    return _attempt(counts if device else [*counts, ("factor-all", str(person), FACTOR)])


def own_password(person: int) -> Right:
    """The present password, asked for before it is changed: of somebody who is signed in."""
    return _attempt([("own-password", str(person), PERSON)])


def passkey(network: str) -> Right:
    """Whom it is meant for is not known before it is judged."""
    return _attempt([("passkey", network, NETWORK)])


def reset_letter(email: str, network: str) -> None:
    """Also of an address that nobody has: otherwise the wait would tell which one somebody has."""
    _attempt([("reset-network", network, LETTERS_ASKED), ("reset", email.lower(), LETTERS)])


def wrong_token(network: str) -> None:
    """Counted after it was judged, so that neighbours with a right token never notice."""
    _attempt([("token", network, TOKENS)])


def _person(scope: str, whose: str, network: str, device: str) -> Counts:
    if device:
        return [(f"{scope}-device", f"{whose}|{device}", PERSON)]
    return [(f"{scope}-network", network, NETWORK), (scope, f"{whose}|{network}", PERSON)]


def _attempt(counts: Counts) -> Right:
    what = counts[0][0].removesuffix("-network")
    try:
        with transaction.atomic():  # what one of them refuses is counted by none
            for scope, who, ladder in counts:
                rates.climb(scope, who, ladder)
    except TooMany:
        logger.warning("%s: held up", what)
        raise
    logger.info("%s: tried", what)

    def right() -> None:
        """Of a person all is forgotten; of a network this one alone: a guesser has an account too."""
        logger.info("%s: right", what)
        for scope, who, ladder in counts:
            (rates.step_back if ladder is NETWORK else rates.leave)(scope, who, ladder)

    return right
