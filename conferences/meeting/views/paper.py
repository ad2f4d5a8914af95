"""The paper set of a conference, for a day without computers."""

from django.http import Http404

from conferences.convening.choices import ConferenceState, Outcome
from conferences.convening.permissions import chaired_conference_or_404
from conferences.convening.queries.acting import runs_it
from conferences.convening.queries.invitations import invitations_of
from conferences.meeting.forms.decisions import outcome_words
from conferences.meeting.letters.paper_set import paper_set as the_paper_set
from conferences.meeting.queries.board import included
from conferences.separation.queries.arrangements import separation_plan
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.documents.letters import render_pdf
from cpc.core.documents.responses import as_pdf
from cpc.core.web.guards import page


@page(Permission.HOLD_CONFERENCE, Permission.BOOK_CONFERENCE, methods=("GET",))
def paper_set(request, pk):
    """The paper set of a booked conference, as a PDF, for its chair and the administrators."""
    conference = chaired_conference_or_404(request.viewer, pk, to_write=False)
    if conference.state != ConferenceState.BOOKED:
        raise Http404("A paper set is for a conference that is booked.")
    looked(request.viewer, children=[row.child_id for row in included(conference)], page="paper set")
    invited = [one for one in invitations_of(conference) if not one.withdrawn_at]
    may_check = request.viewer.may(Permission.CHECK_INVITATIONS, conference)
    pairs = separation_plan(conference, invited) if may_check else ()
    made = the_paper_set(
        conference, request.viewer.on, chair=runs_it(conference),
        outcomes=[outcome_words(conference, one) for one in Outcome],
        kept_apart=[f"{one.one} and {one.other}: {one.how}" for one in pairs],
    )  # fmt: skip
    return as_pdf(render_pdf(made), "paper-set.pdf")
