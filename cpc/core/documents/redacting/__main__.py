"""``python -m cpc.core.documents.redacting``: one file, drawn or made again, from input to output."""

import sys

from cpc.core.documents.redacting.sandbox import main

sys.exit(main(sys.argv[1]))
