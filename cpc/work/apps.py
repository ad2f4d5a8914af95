from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "cpc.work"
    label = "work"
