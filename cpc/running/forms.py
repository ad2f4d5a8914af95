"""What is asked before messages leave again after a restore."""

from django import forms

from cpc.core.web.forms import GovForm, Radios


class ReleaseForm(GovForm):
    """What happens to the messages that were waiting when the backup was made."""

    submit_label = "Let messages leave again"
    send_waiting = forms.TypedChoiceField(
        label="What should happen to the messages that are waiting?",
        choices=(
            ("no", "Hold each of them back until somebody has checked it"),
            ("yes", "Send all of them"),
        ),
        coerce=lambda value: value == "yes",
        widget=Radios(
            hints={
                "no": "Choose this if the service went on after the backup was made: some may have been sent.",
                "yes": "Choose this only if you know that none of them has been sent.",
            }
        ),
        error_messages={"required": "Select what should happen to the messages that are waiting"},
    )
    reason = forms.CharField(
        label="What do you know about the backup and the messages since?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Say what you know about the backup and the messages since"},
    )
