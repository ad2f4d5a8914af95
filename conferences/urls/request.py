"""Addresses of requesting a conference and agreeing to it."""

from django.urls import path

from conferences.convening.views import disputes, request

urlpatterns = [
    path("enquiries/<int:enquiry>/ask/", request.request_conference, name="ask"),
    path("family/<int:family>/transfer-in/", request.request_transfer_in, name="ask_transfer_in"),
    path("<int:pk>/request/", request.conference_request, name="request"),
    path("<int:pk>/request/dispute/", disputes.dispute, name="dispute"),
    path("disputes/<int:pk>/answer/", disputes.answer_dispute, name="answer_dispute"),
    path("disputes/<int:pk>/reply/", disputes.reply_to_answer, name="reply_to_answer"),
]
