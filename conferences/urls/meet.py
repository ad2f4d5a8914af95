"""Addresses of the live conference and its decisions."""

from django.urls import path

from conferences.views import decide, meet, notes, room

urlpatterns = [
    path("<int:pk>/meet/", meet.meet, name="meet"),
    path("<int:pk>/meet/open/", meet.meet_open, name="meet_open"),
    path("<int:pk>/meet/details/", meet.meet_details, name="meet_details"),
    path("<int:pk>/meet/attendance/", meet.meet_attendance, name="meet_attendance"),
    path("<int:pk>/meet/attendance/add/", meet.meet_newcomer, name="meet_newcomer"),
    path("<int:pk>/meet/quorum/", meet.meet_quorum, name="meet_quorum"),
    path("<int:pk>/meet/note/", notes.meet_note, name="meet_note"),
    path("<int:pk>/meet/room/", room.meet_room, name="meet_room"),
    path("<int:pk>/meet/since/", notes.meet_since, name="meet_since"),
    path("<int:pk>/meet/children/<int:child>/", decide.meet_child, name="meet_child"),
    path("<int:pk>/meet/decision/", decide.meet_decide, name="meet_decide"),
]
