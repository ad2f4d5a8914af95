from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "cpc.reminders"
    label = "reminders"
