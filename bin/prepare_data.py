"""Brings the database and the static files up to date; fills an empty demonstration and writes down its logins.

Run as: prepare_data.py [FILE_FOR_LOGINS]. One process for all of it, because each would load the application again.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "demo.settings")

import django
from django.core.management import CommandError, call_command


def main(logins):
    django.setup()
    from demo import version

    if version.made_by_another_version():
        raise CommandError(version.OWN if os.environ.get("CPC_OWN_DATABASE") else version.FRESH)
    version.remember_version()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if logins:
        call_command("fill_council")
        with open(logins, "w") as out:
            call_command("demo_logins", stdout=out)


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else None)
    except CommandError as problem:
        sys.exit(str(problem))
