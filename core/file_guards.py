"""What is refused though its first bytes are right: archives and pictures made to harm (reliability.md 5.3)."""

import lzma
import warnings
import zipfile
import zlib
from io import BytesIO

from PIL import Image, ImageFile, UnidentifiedImageError

#: Of an Office file: how many parts, how large unpacked in bytes, and how many times larger than packed.
MOST_PARTS, LARGEST_UNPACKED, MOST_PACKED = 5000, 200 * 2**20, 120
#: A part below this size may be packed as tightly as it likes.
SMALL = 2**20
#: Pixels of a picture: the largest of today's phones, and a half more.
MOST_PIXELS = 60_000_000
READ = 2**16
#: What an archive that was damaged, or made to break its reader, raises.
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
    KeyError, OverflowError,
)  # fmt: skip
HARMFUL = ("vbaproject.bin", ".exe", ".dll", ".js", ".vbs", ".bat", ".jar")
HARMFUL_FOLDERS = ("/embeddings/", "/activex/")
#: How an archive begins (ZIP, 7-Zip, RAR): within another one nobody counts what it unpacks to. Not gzip: Word packs
#: drawings by it.
INNER = (b"PK\x03\x04", b"7z\xbc\xaf\x27\x1c", b"Rar!")


def is_harmful_archive(content: bytes) -> bool:
    """A bomb, an archive in the archive, a path out of it, a macro or an embedded program, or one that cannot be
    unpacked; sizes are counted, not believed."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            return len(parts) > MOST_PARTS or any(map(_is_harmful, parts)) or _bursts(archive, parts)
    except BROKEN:
        return True


def _is_harmful(part: zipfile.ZipInfo) -> bool:
    name = part.filename.lower().replace("\\", "/")
    is_link = (part.external_attr >> 16) & 0o170000 == 0o120000
    escapes = name.startswith("/") or ".." in name.split("/") or ":" in name
    runs = name.endswith(HARMFUL) or any(folder in f"/{name}" for folder in HARMFUL_FOLDERS)
    return is_link or escapes or runs


def _bursts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        return True
    total = 0
    for part in parts:
        size = 0
        with archive.open(part) as opened:
            while piece := opened.read(READ):
                if size == 0 and piece.startswith(INNER):
                    return True
                size += len(piece)
                packed = max(part.compress_size, 1)
                if total + size > LARGEST_UNPACKED or (size > SMALL and size / packed > MOST_PACKED):
                    return True
        total += size
    return False


def picture_fault(content: bytes) -> str:
    """`too_large` by its head alone, before a pixel is unpacked; `broken` where it is cut short; else nothing."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint switches it on for the whole process
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    return "too_large"
                picture.load()
    except Image.DecompressionBombError:
        return "too_large"
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        return "broken"
    return ""
