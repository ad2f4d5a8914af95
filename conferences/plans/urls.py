"""Addresses of plans."""

from django.urls import path

from conferences.plans.views import child_in_need, close, ending, family, members

app_name = "plans"
urlpatterns = [
    path("conferences/<int:pk>/outline/", close.outline, name="outline"),
    path("conferences/<int:pk>/outline/add/", close.add_action, name="add_action"),
    path("actions/<int:pk>/", close.change_action, name="change_action"),
    path("actions/<int:pk>/remove/", close.remove_action, name="remove_action"),
    path("conferences/<int:pk>/close/", close.close, name="close"),
    path("plans/<int:pk>/end/", ending.end, name="end"),
    path("plans/<int:pk>/end/undo/", ending.undo, name="undo_end"),
    path("families/<int:pk>/", family.family, name="family"),
    path("families/<int:pk>/review/", family.ask_for_review, name="ask_for_review"),
    path("families/<int:pk>/earlier/", family.earlier, name="earlier"),
    path("late-entries/<int:pk>/remove/", family.remove_earlier, name="remove_earlier"),
    path("families/<int:pk>/child-in-need/book/", child_in_need.book, name="book_need_meeting"),
    path("child-in-need-meetings/<int:pk>/move/", child_in_need.move, name="move_need_meeting"),
    path("child-in-need-meetings/<int:pk>/", child_in_need.record, name="record_need_meeting"),
    path("child-in-need/<int:pk>/lead/", child_in_need.lead, name="need_lead"),
    path("child-in-need/<int:pk>/end/", child_in_need.end, name="end_need"),
    path("families/<int:pk>/core-group/add/", members.add_member, name="add_member"),
    path("core-group/<int:pk>/change/", members.change_member, name="change_member"),
    path("core-group/<int:pk>/remove/", members.remove_member, name="remove_member"),
    path("families/<int:pk>/core-groups/book/", family.book_core_group, name="book_core_group"),
    path("core-groups/<int:pk>/move/", family.move_core_group, name="move_core_group"),
    path("core-groups/<int:pk>/", family.record_core_group, name="record_core_group"),
]
