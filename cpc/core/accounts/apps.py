from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    name = "cpc.core.accounts"
    label = "accounts"

    def ready(self):
        # What each app says of who may see its records must be known before anybody asks: were it read only when some
        # other module happened to import it, a record would be open until then.
        autodiscover_modules("permissions", "holdings", "states")
