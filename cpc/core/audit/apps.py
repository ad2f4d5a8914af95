from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "cpc.core.audit"
    label = "audit"
