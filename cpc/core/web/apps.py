from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "cpc.core.web"
    label = "web"
