"""The extensions of PostgreSQL that other apps' indexes and constraints need. All are trusted: a database's owner may
create them. Where an administrator has created them already, nothing is done."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    CreateExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [TrigramExtension(), BtreeGistExtension(), CreateExtension("fuzzystrmatch"), UnaccentExtension()]
