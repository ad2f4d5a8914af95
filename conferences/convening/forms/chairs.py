"""The post in which somebody chairs conferences or answers disagreements, its dates and weekdays."""

from django import forms

from conferences.convening.choices import ANSWERING, CHAIRING, Post
from conferences.convening.models.chairs import DAYS, WORKING_WEEK
from cpc.core.accounts.staff_names import NameChoice
from cpc.core.web.forms import Checkboxes, DateField, Radios
from cpc.core.web.versioned import ComparedForm


class PostForm(ComparedForm):
    """Who holds the post, from when until when, and on which weekdays they chair."""

    user = NameChoice(
        queryset=None, label="Who?", empty_label="Choose a person", error_messages={"required": "Select who it is"}
    )
    post = forms.ChoiceField(
        label="Post", choices=Post.choices,
        widget=Radios(hints=dict.fromkeys(ANSWERING, "Only for somebody with the role of conference service manager")),
    )  # fmt: skip
    from_on = DateField(label="First day")
    until_on = DateField(
        label="Last day", required=False,
        help_text="Leave this empty if it is not known. They are not proposed for a conference after their last day",
    )  # fmt: skip
    weekdays = forms.TypedMultipleChoiceField(
        label="If they chair, on which days?", choices=list(zip(WORKING_WEEK, DAYS, strict=True)), coerce=int,
        widget=Checkboxes(small=True), initial=WORKING_WEEK,
    )  # fmt: skip
    required_when = {"weekdays": ("post", set(CHAIRING), "Choose at least one day")}
    submit_label = "Save"

    def __init__(self, *args, who, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = who
