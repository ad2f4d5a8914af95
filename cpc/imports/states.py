"""What may follow what in an import."""

from cpc.core.kernel.states import Machine
from cpc.imports.choices import ImportState as S

IMPORT = Machine(
    {
        S.CHECKING: {S.FAULTY, S.READY, S.FAILED},
        S.READY: {S.LOADING, S.FAILED},
        S.LOADING: {S.LOADED, S.FAULTY, S.FAILED},
        S.FAULTY: set(),
        S.FAILED: set(),
        S.LOADED: set(),
    },
    noun="import",
)
