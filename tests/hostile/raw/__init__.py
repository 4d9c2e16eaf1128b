"""Requests as bytes, most of which no HTTP client would send."""

from tests.hostile.raw.addresses import ADDRESSES
from tests.hostile.raw.bodies import BODIES
from tests.hostile.raw.forms import FORMS
from tests.hostile.raw.headers import HEADERS
from tests.hostile.raw.lines import LINES
from tests.hostile.raw.writing import Raw

#: What is worth asking a second time, as somebody who is let in.
SIGNED_IN: list[Raw] = [*ADDRESSES, *HEADERS, *BODIES, *FORMS]
EVERYTHING: list[Raw] = [*LINES, *SIGNED_IN]
