"""The process that reads one file from outside: ``python -m cpc.core.documents.reading <its name in base64>``."""

import sys

from cpc.core.documents.reading.sandbox import main

main(sys.argv[1])
