#!/usr/bin/env python
"""Runs CPC's management commands."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cpc.settings")
    if sys.argv[1:2] == ["due"]:  # it signs nothing, and answers on a clone that nobody has set up
        os.environ.setdefault("SECRET_KEY", os.urandom(32).hex())
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
