"""One of everything, for the gallery page: the form pack's and the components' own test. Nothing here is real."""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from cpc.core.web.forms import (
    Checkboxes,
    DateField,
    EmailField,
    GovForm,
    PhoneField,
    PostcodeField,
    Radios,
    TimeField,
    UploadField,
    YesNoField,
)


class GalleryForm(GovForm):
    """Every kind of field that a page may use."""

    name = forms.CharField(label="Full name", max_length=40, help_text="As it is on the birth certificate")
    email = EmailField(label="Email address", required=False)
    phone = PhoneField(label="Phone number", required=False)
    postcode = PostcodeField(label="Postcode")
    children = forms.IntegerField(label="Number of children", min_value=1, max_value=20)
    born_on = DateField(label="Date of birth", not_future=True, help_text="For example, 27 3 2019")
    starts_at = TimeField(label="Start time", help_text="For example, 2:30pm")
    room = forms.ChoiceField(label="Room", choices=[("", "Choose a room"), ("1", "Room 1"), ("2", "Room 2")])
    outcome = forms.ChoiceField(
        label="What was decided?",
        choices=[("agreed", "Agreed"), ("declined", "Declined")],
        widget=Radios(hints={"declined": "You will be asked for the reason"}, reveals={"declined": ["reason"]}),
    )
    reason = forms.CharField(label="Reason", widget=forms.Textarea)
    invited = forms.MultipleChoiceField(
        label="Who is invited?",
        choices=[("school", "School"), ("gp", "GP practice"), ("police", "Police")],
        widget=Checkboxes(),
    )
    consent = YesNoField(label="Has the family agreed?")
    worries = forms.CharField(label="What people are worried about", max_length=500, widget=forms.Textarea)
    report = UploadField(label="Report", required=False, help_text="A PDF, Word document, picture or plain text")
    password = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    checked = forms.BooleanField(label="I have checked what is above")

    groups = [("Where and when", ["starts_at", "room"])]
    required_when = {"reason": ("outcome", {"declined"}, "Give the reason for declining")}
    submit_label = "Check the form"
    other_submits = [("later", "Save and come back later")]
    cancel_url = "/"


def samples(request) -> dict:
    """What the components of the gallery show."""
    today = timezone.localdate()
    return {
        "heading": "Components",
        "rows": [
            ("Child", "Sam Example", "#", "the child"),
            ("Date of birth", None),
            {"key": "Views", "value": "First line\nSecond line", "typed": True},
        ],
        "tasks": [
            {"title": "Book the room", "href": "#", "hint": "Before inviting", "status": "Late", "tone": "red"},
            {"title": "Send invitations", "status": "Cannot start yet"},
            {"title": "Invite the chair", "href": "#", "status": "Completed"},
        ],
        "events": [
            {"title": "Conference requested", "at": timezone.now(), "by": "Alex Example", "text": "For two children"},
            {"title": "Conference booked", "on": today, "tag": "Booked", "tone": "green", "href": "#"},
        ],
        "dues": [today - timedelta(days=2), today, today + timedelta(days=1), today + timedelta(days=30)],
        "pages": Paginator(range(200), 10).get_page(request.GET.get("page", "4")),
        "cells": [["Sam Example", "3", "Booked"], ["<b>Robin</b> Example", "12", None]],
        "numbers": [1],
        "people": [("Sam Example", "By video.\nNeeds a quiet room.", 2), ("<b>Robin</b> Example", "", 0)],
        "said": "First line\nSecond line",
        "none": [],
        "head": ["Child", "Actions", "State"],
        "tones": ["grey", "blue", "green", "yellow", "orange", "red", "purple", "turquoise", "magenta"],
    }
