"""``python -m cpc.core.documents.redacting``: one file, drawn or made again, from input to output."""

import sys

from cpc.core.documents.redacting.apart import main

sys.exit(main(sys.argv[1]))
