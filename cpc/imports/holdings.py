"""Nothing of an import is held by a user: everybody who imports records can load or put away any import."""

from cpc.core.accounts.holdings import history
from cpc.imports.models import Import, SetAside

history(Import, "asked_by", "loaded_by")
history(SetAside, "settled_by")
