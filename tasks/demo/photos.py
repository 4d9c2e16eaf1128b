"""Pictures for invented reports: drawn, and saying so themselves."""

import hashlib
from datetime import date
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

from PIL import ExifTags, Image, ImageDraw

from accounts.models import User
from tasks.choices import EvidenceKind
from tasks.models import ProgressReport
from tasks.services.uploads import add_chunk, begin_upload

WIDTH, HEIGHT = 640, 420


def drawing(number: int, taken: date) -> bytes:
    """A JPEG of something like a building, with the words that it is invented and when it would have been taken."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "#dbe7ef")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, HEIGHT - 90, WIDTH, HEIGHT), fill="#b9a88a")
    for floor in range(1 + number % 6):
        top = HEIGHT - 130 - floor * 42
        draw.rectangle((180, top, 460, top + 40), fill="#8b98a5", outline="#4d5963", width=2)
    words = f"ОЙДАН ШЫҒАРЫЛҒАН / ВЫМЫШЛЕНО\n{taken.isoformat()}"
    draw.multiline_text((20, 20), words, fill="#7a1f1f", font_size=26)
    facts = Image.Exif()
    facts.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"{taken:%Y:%m:%d} 11:00:00"
    file = BytesIO()
    image.save(file, "JPEG", quality=70, exif=facts)
    return file.getvalue()


def photo(report: ProgressReport, *, by: User, taken: date) -> None:
    """Sent as every file of a report is."""
    content = drawing(report.pk, taken)
    upload = begin_upload(
        by=by,
        report=report,
        client_uuid=uuid5(NAMESPACE_URL, f"{report.public_id}/photo"),
        kind=EvidenceKind.PHOTO,
        name=f"{report.public_id}.jpg",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        caption="Ойдан шығарылған сурет",
    )
    add_chunk(by=by, upload=upload, offset=0, content=content)
