"""Addresses of plans."""

from django.urls import path

from conferences.plans.views import close, family

app_name = "plans"
urlpatterns = [
    path("conferences/<int:pk>/outline/", close.outline, name="outline"),
    path("conferences/<int:pk>/outline/add/", close.add_action, name="add_action"),
    path("actions/<int:pk>/", close.change_action, name="change_action"),
    path("actions/<int:pk>/remove/", close.remove_action, name="remove_action"),
    path("conferences/<int:pk>/close/", close.close, name="close"),
    path("families/<int:pk>/", family.family, name="family"),
    path("families/<int:pk>/earlier/", family.earlier, name="earlier"),
    path("families/<int:pk>/core-groups/book/", family.book_core_group, name="book_core_group"),
    path("core-groups/<int:pk>/move/", family.move_core_group, name="move_core_group"),
    path("core-groups/<int:pk>/", family.record_core_group, name="record_core_group"),
]
