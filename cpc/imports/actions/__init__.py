"""What people do about imports: a file is brought in, checked without writing, and loaded whole or not at all."""

from cpc.imports.actions.bringing import bring_in, check, load, put_away, start_loading
from cpc.imports.actions.set_aside import settle

__all__ = ["bring_in", "check", "load", "put_away", "settle", "start_loading"]
