"""Photos: what they say of themselves, how they look, and the same without a word about whoever took them."""

from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import ExifTags, Image, ImageOps

#: The longer side of what is shown, in pixels.
SIDE = 2048
QUALITY = 85
#: Of the look of a picture: it is compared as so many rows of so many steps from light to dark (64 bits).
ROWS = STEPS = 8
#: No camera says earlier years than this one, nor later ones: such a clock was never set.
FIRST_YEAR, LAST_YEAR = 1990, 2200
#: So many of the 64 bits may differ between pictures that look the same.
ALIKE = 6


def taken_at(content: bytes) -> datetime | None:
    """When the camera says that it was taken; without an offset of its own, by the clock of Almaty."""
    try:
        with Image.open(BytesIO(content)) as picture:
            facts = picture.getexif().get_ifd(ExifTags.IFD.Exif)
    except (OSError, SyntaxError, ValueError, KeyError, TypeError):
        return None
    said, offset = facts.get(ExifTags.Base.DateTimeOriginal), facts.get(ExifTags.Base.OffsetTimeOriginal)
    return _instant(said, offset)


def _instant(said: Any, offset: Any) -> datetime | None:
    text = str(said or "").strip("\0 ")
    try:
        moment = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  # the offset is looked at below
    except ValueError:
        return None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    try:
        return datetime.strptime(text + str(offset or "").strip("\0 "), "%Y:%m:%d %H:%M:%S%z")
    except ValueError:
        return timezone.make_aware(moment)


def look(content: bytes) -> str:
    """64 bits as 16 hexadecimal digits: whether each step to the right is lighter (difference hash, Krawetz 2013)."""
    with Image.open(BytesIO(content)) as picture:
        small = (
            ImageOps.exif_transpose(picture).convert("L").resize((STEPS + 1, ROWS), Image.Resampling.LANCZOS)
        )
    greys = small.tobytes()
    bits = [
        greys[row * (STEPS + 1) + step] < greys[row * (STEPS + 1) + step + 1]
        for row in range(ROWS)
        for step in range(STEPS)
    ]
    return f"{sum(bit << place for place, bit in enumerate(bits)):016x}"


def are_alike(one: str, other: str) -> bool:
    return (int(one, 16) ^ int(other, 16)).bit_count() <= ALIKE


def bare(content: bytes) -> bytes:
    """The picture upright as a JPEG of at most SIDE pixels a side, without any word beside its pixels."""
    with Image.open(BytesIO(content)) as picture:
        shown = ImageOps.exif_transpose(picture).convert("RGB")
    shown.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    made = BytesIO()
    shown.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()
