"""What is asked before a file is brought in."""

from django import forms

from cpc.core.web.forms import GovForm


class BringInForm(GovForm):
    """The file."""

    submit_label = "Check the file"
    file = forms.FileField(
        label="Choose a file",
        help_text="The spreadsheet (.xlsx), one of its sheets as CSV, or a Children in Need census file (.xml).",
        error_messages={"required": "Choose a file", "empty": "The file is empty: choose another"},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt,.xml"}),
    )


class DirectoryForm(GovForm):
    """The file with the agencies."""

    submit_label = "Check the file"
    file = forms.FileField(
        label="Choose a file",
        help_text="A CSV file, or a spreadsheet (.xlsx) with a sheet called agencies.",
        error_messages={"required": "Choose a file", "empty": "The file is empty: choose another"},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )
