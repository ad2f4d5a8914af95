#!/usr/bin/env python
"""Runs CPC's management commands."""

import os
import sys

# These change tables or rights, so they run as the owner of the tables. All else runs as a role that owns nothing.
AS_OWNER = ("migrate", "grant")


def set_database(command, environ):
    """Name the owner's address of the database for the commands that need it, where there is one."""
    if command in AS_OWNER and environ.get("DATABASE_OWNER_URL"):
        environ["DATABASE_URL"] = environ["DATABASE_OWNER_URL"]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cpc.settings")
    command = "".join(sys.argv[1:2])
    if command == "due":  # it signs nothing, and answers on a clone that nobody has set up
        os.environ.setdefault("SECRET_KEY", os.urandom(32).hex())
    set_database(command, os.environ)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
