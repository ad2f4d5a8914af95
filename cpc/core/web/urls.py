"""Addresses of no app."""

from django.urls import path

from cpc.core.web import views

app_name = "web"
urlpatterns = [
    path("session/stay/", views.stay, name="stay"),
    path("session/left/", views.left, name="left"),
    path("session/discard/", views.discard, name="discard"),
    path("components/", views.components, name="components"),
]
