from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "cpc.core.documents"
    label = "documents"

    def ready(self):
        import cpc.celery
        import cpc.core.documents.cover_sheet
        import cpc.core.documents.permissions
        import cpc.core.documents.system_checks  # noqa: F401
