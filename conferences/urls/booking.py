"""Addresses of the conference's own page, of booking, moving and cancelling, and of the rooms."""

from django.urls import path

from conferences.convening.views import (
    acting,
    booking,
    chairs,
    children,
    conference,
    feeds,
    free_times,
    independence,
    separation,
)

urlpatterns = [
    path("diary/in-another-calendar/", feeds.diary_feed, name="diary_feed"),
    path("diary/<str:secret>.ics", feeds.diary_file, name="diary_file"),
    path("<int:pk>/", conference.conference, name="conference"),
    path("<int:pk>/book/", booking.book, name="book"),
    path("<int:pk>/free-times/", free_times.free_times, name="free_times"),
    path("<int:pk>/move/", booking.move, name="move"),
    path("<int:pk>/change-chair/", booking.change_chair, name="change_chair"),
    path("<int:pk>/cancel/", booking.cancel, name="cancel"),
    path("<int:pk>/children/<int:child>/", children.consider_child, name="consider_child"),
    path("<int:pk>/acting-chair/", acting.acting_chair, name="acting_chair"),
    path("<int:pk>/acting-chair/end/", acting.end_acting_chair, name="end_acting_chair"),
    path("<int:pk>/must-not-meet/", separation.must_not_meet, name="must_not_meet"),
    path("<int:pk>/must-not-meet/<int:check>/", separation.answer_must_not_meet, name="answer_must_not_meet"),
    path("<int:pk>/independence/", independence.declare_independence, name="declare_independence"),
    path("<int:pk>/chair/", independence.agree_chair, name="agree_chair"),
    path("chairs/", independence.chairs_to_agree, name="chairs_to_agree"),
    path("chairs/posts/", chairs.posts, name="posts"),
    path("chairs/posts/add/", chairs.add_post, name="add_post"),
    path("chairs/posts/<int:pk>/", chairs.change_post, name="change_post"),
    path("rooms/", booking.rooms, name="rooms"),
    path("rooms/add/", booking.add_room, name="add_room"),
    path("rooms/<int:pk>/", booking.change_room, name="change_room"),
]
