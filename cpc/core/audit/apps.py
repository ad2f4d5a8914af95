from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "cpc.core.audit"
    label = "audit"

    def ready(self):
        from cpc.core.audit import system_checks, triggers  # noqa: F401

        post_migrate.connect(triggers.install, sender=self)
