"""Addresses of policy."""

from django.urls import path

from cpc.core.policy import views

app_name = "policy"
urlpatterns = [
    path("", views.timescales, name="timescales"),
    path("bank-holidays/", views.bank_holidays, name="bank_holidays"),
    path("bank-holidays/add/", views.add_bank_holiday, name="add_bank_holiday"),
    path("bank-holidays/<int:pk>/remove/", views.remove_bank_holiday, name="remove_bank_holiday"),
    path("words/", views.words, name="words"),
    path("words/change/", views.set_words, name="set_words"),
    path("local/", views.local_limits, name="local_limits"),
    path("local/set/", views.set_local_limit, name="set_local_limit"),
    path("local/<int:pk>/withdraw/", views.withdraw_local_limit, name="withdraw_local_limit"),
]
