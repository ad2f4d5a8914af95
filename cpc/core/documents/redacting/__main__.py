"""``python -m cpc.core.documents.redacting``: one file, drawn or made again, from input to output."""

import sys

from cpc.core.documents.redacting.apart import answer

sys.exit(answer(sys.argv[1]))
