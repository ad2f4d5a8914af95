"""URLs of the outbox and the print room."""

from django.urls import path

from cpc.core.documents import views

app_name = "documents"
urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:pk>/", views.outgoing, name="outgoing"),
    path("outbox/<int:pk>/again/", views.retry, name="retry"),
    path("outbox/<int:pk>/arrived/", views.arrived, name="arrived"),
    path("outbox/<int:pk>/free/", views.free, name="free"),
    path("outbox/<int:pk>/hold/", views.hold_back, name="hold_back"),
    path("outbox/<int:pk>/came-back/", views.came_back, name="came_back"),
    path("outbox/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("incidents/", views.incidents, name="incidents"),
    path("incidents/<int:pk>/settle/", views.settle_incident, name="settle_incident"),
    path("print-room/", views.print_room, name="print_room"),
    path("print-room/<int:pk>/print/", views.print_envelope, name="print_envelope"),
    path("print-room/<int:pk>/gone/", views.envelope_gone, name="envelope_gone"),
    path("letterhead/", views.letterhead, name="letterhead"),
    path("sent/", views.what_was_sent, name="what_was_sent"),
    path("sent/<str:name>/", views.one_that_was_sent, name="one_that_was_sent"),
]
