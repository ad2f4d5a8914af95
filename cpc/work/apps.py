from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "cpc.work"
    label = "work"

    def ready(self):
        """Loads the Celery application here, not in ``cpc/__init__.py``: the sandboxed file readers need no Celery."""
        import cpc.celery  # noqa: F401
