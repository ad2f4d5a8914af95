from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "cpc.demo"
    label = "demo"

    def ready(self):
        from django.conf import settings

        if settings.CPC_CLOCK:
            from cpc.demo import travel

            travel.start()
