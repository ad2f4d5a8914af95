"""What a file really is, told from its bytes: the name and what the browser says are only claims."""

import io
import zipfile

KINDS = {
    "pdf": ("PDF", "application/pdf"),
    "docx": ("Word document (.docx)", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "png": ("PNG picture", "image/png"),
    "jpg": ("JPEG picture", "image/jpeg"),
    "txt": ("plain text", "text/plain"),
}
ENDINGS = {"jpeg": "jpg"}


def kind_of(data: bytes) -> str | None:
    """The kind that the bytes show (one of KINDS); nothing when they show none that we take."""
    if data[:5] == b"%PDF-" and b"%%EOF" in data[-2048:]:
        return "pdf"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "png"
    if data[:3] == b"\xff\xd8\xff":
        return "jpg"
    if data[:4] == b"PK\x03\x04":
        return "docx" if _is_word(data) else None
    return "txt" if _is_text(data) else None


def _is_word(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    # vbaProject.bin is a macro: a .docm renamed, which would run when somebody opens it
    return "word/document.xml" in names and not any(name.endswith("vbaProject.bin") for name in names)


def _is_text(data: bytes) -> bool:
    if not data or b"\x00" in data:
        return False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not text.lstrip().lower().startswith(("<!doctype", "<html", "<script", "<svg", "<?xml"))
