"""Numbers in addresses and forms, which anybody can change."""


def read_id(text: str | None) -> int | None:
    """The number of a record, as an address or a form names it; None for anything that is none, or is too long."""
    return int(text) if text and len(text) < 19 and text.isascii() and text.isdigit() else None
