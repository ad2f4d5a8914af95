"""Addresses of the conference's own page, of booking, moving and cancelling, and of the rooms."""

from django.urls import path

from conferences.views import conference, convene

urlpatterns = [
    path("<int:pk>/", conference.conference, name="conference"),
    path("<int:pk>/book/", convene.book, name="book"),
    path("<int:pk>/move/", convene.move, name="move"),
    path("<int:pk>/cancel/", convene.cancel, name="cancel"),
    path("chairs/", convene.chairs_to_agree, name="chairs_to_agree"),
    path("chairs/<int:pk>/", convene.agree_chair, name="agree_chair"),
    path("rooms/", convene.rooms, name="rooms"),
    path("rooms/add/", convene.add_room, name="add_room"),
    path("rooms/<int:pk>/", convene.change_room, name="change_room"),
]
