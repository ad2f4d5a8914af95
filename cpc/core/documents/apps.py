from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "cpc.core.documents"
    label = "documents"

    def ready(self):
        import cpc.celery
        import cpc.core.documents.cover_sheet
        import cpc.core.documents.permissions
        import cpc.core.documents.system_checks  # noqa: F401
        from cpc.core.accounts.actions import when_address_changes
        from cpc.core.documents.actions.account_notices import send_waiting_to_new_address, tell_old_address
        from cpc.core.documents.queries import account_is_closed
        from cpc.core.documents.sending import ask_before_sending

        ask_before_sending(account_is_closed)
        when_address_changes(tell_old_address)
        when_address_changes(send_waiting_to_new_address)
