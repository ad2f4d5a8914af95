"""Addresses of the live conference and its decisions."""

from django.urls import path

from conferences.meeting.views import attendance, decisions, notes, paper, room

urlpatterns = [
    path("<int:pk>/meet/", attendance.meet, name="meet"),
    path("<int:pk>/meet/open/", attendance.meet_open, name="meet_open"),
    path("<int:pk>/meet/put-back/", attendance.meet_put_back, name="meet_put_back"),
    path("<int:pk>/paper-set/", paper.paper_set, name="paper_set"),
    path("<int:pk>/meet/details/", attendance.meet_details, name="meet_details"),
    path("<int:pk>/meet/attendance/", attendance.meet_attendance, name="meet_attendance"),
    path("<int:pk>/meet/attendance/add/", attendance.meet_newcomer, name="meet_newcomer"),
    path("<int:pk>/meet/quorum/", attendance.meet_quorum, name="meet_quorum"),
    path("<int:pk>/meet/note/", notes.meet_note, name="meet_note"),
    path("<int:pk>/meet/room/", room.meet_room, name="meet_room"),
    path("<int:pk>/meet/room/ask/", room.meet_room_ask, name="meet_room_ask"),
    path("<int:pk>/meet/since/", notes.meet_since, name="meet_since"),
    path("<int:pk>/meet/children/<int:child>/", decisions.meet_child, name="meet_child"),
    path("<int:pk>/meet/decision/", decisions.meet_decide, name="meet_decide"),
]
