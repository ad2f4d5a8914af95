"""Prints the diagram of the tables, one picture for each app, as docs/tables.md."""

from django.apps import apps
from django.core.management.base import BaseCommand

HEAD = """# The tables

Made from the models by `manage.py tables > docs/tables.md`; a test fails when the two differ. One picture for each app:
an arrow goes from a row to the row that it names; a table of another app has that app’s name before its own. Left out:
the history of each table, and the arrows to users, which nearly every table has.
"""
LIBRARIES = ("django.", "allauth.", "pghistory")


def markdown() -> str:
    """The whole page."""
    configs = [one for one in apps.get_app_configs() if not one.name.startswith(LIBRARIES) and _tables(one)]
    return HEAD + "".join(_picture(config) for config in sorted(configs, key=lambda one: one.label))


def _tables(config):
    found = [model for model in config.get_models(include_auto_created=True) if not hasattr(model, "pgh_tracked_model")]
    return sorted(found, key=lambda model: model.__name__)


def _picture(config) -> str:
    lines = [f"\n## {config.label}\n", "```mermaid", "erDiagram"]
    for model in _tables(config):
        lines.append(f"    {_box(model, config)}")
        for field in model._meta.concrete_fields:
            to = field.related_model
            if to and (to._meta.label != "accounts.User" or config.label == "accounts"):
                one = "||" if field.one_to_one else "}o"
                lines.append(
                    f"    {_box(model, config)} {one}--{'o|' if field.null else '||'} {_box(to, config)} : {field.name}"
                )
    return "\n".join([*dict.fromkeys(lines), "```", ""])


def _box(model, config) -> str:
    """The name of a table, with that of its app where it is another's."""
    own = model._meta.app_label == config.label
    return model.__name__ if own else f"{model._meta.app_label}_{model.__name__}"


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        self.stdout.write(markdown(), ending="")
