"""Gives a database role the rights of the application, and no others."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from cpc.core.audit import rights


class Command(BaseCommand):
    """``manage.py grant ROLE``: run by the owner of the tables, after each migration."""

    help = "Give the role of the application exactly its rights: it reads and writes rows, and owns nothing."

    def add_arguments(self, parser):
        parser.add_argument("role", help="the database role that the web server and the workers connect as")

    @transaction.atomic
    def handle(self, role, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if not cursor.fetchone():
                raise CommandError(f"There is no role {role}. Make it first: createuser --pwprompt {role}")
            if wrong := rights.what_is_too_much(cursor, role):
                raise CommandError(
                    f"The role {role} {' and '.join(wrong)}. The application must connect as a role that is none of "
                    f"this. Make one: createuser --pwprompt NAME"
                )
            if not rights.owns_the_tables(cursor):
                raise CommandError("Run this as the owner of the tables, and after migrate.")
            for statement in rights.statements(role, connection.settings_dict["NAME"]):
                cursor.execute(statement)
        self.stdout.write(f"{role} may read and write rows, add to the trail, and nothing else.")
