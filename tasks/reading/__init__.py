"""Reads protocols and news into drafts: what happened, and who is to do what by when. Rules, no model, no network.

    reading = read(text, "kk", names_from_register())
    reading.as_json()

Nothing is invented: every part of a reading is tied to its own words; what sounds like an instruction and was not
understood is in `unrecognised`. What it can and cannot do: docs/import.md.
"""

from tasks.reading.reader import read
from tasks.reading.results import Reading

__all__ = ["Reading", "read"]
