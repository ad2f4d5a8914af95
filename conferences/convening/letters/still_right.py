"""Whether a letter or page that waits to be printed is still the one that would be written now."""

from datetime import date

from conferences.convening.choices import OCCASIONS
from conferences.convening.letters.occasions import mailing_for
from conferences.convening.letters.safety_plan_page import PURPOSE, safety_plan_page
from conferences.convening.models import Conference, SafetyPlanPerson
from conferences.convening.queries.last_told import invitation_to
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.list_checks import words_of
from conferences.convening.queries.safety_plans import plan_reader
from cpc.core.documents.check import release_check
from cpc.core.documents.letters import values

CHANGED = (
    "What this letter says has changed since it was written, for example by a birth, a death, a new address or a new "
    "protection. It must not go out. The service writes it again within a few minutes. If it is still held back then, "
    "look at the list of invited people: it says what to do first."
)


def why_drafted_again(outgoing) -> str:
    """Why this letter about a conference must be written again, or "". Called at the moment of printing.

    It is compared with the letter that would be written now, and checked against what is withheld from its reader now.
    """
    document = outgoing.document
    if document is None or outgoing.purpose not in OCCASIONS or outgoing.recipient_kind != "person":
        return ""
    if outgoing.about_kind != Conference._meta.label_lower:
        return ""
    context = letter_context(Conference.objects.get(pk=outgoing.about_id))
    return CHANGED if has_changed(context, outgoing) else ""


def has_changed(context, outgoing) -> bool:
    """Whether a letter about the context's conference is not what would be written now, or tells its reader what they
    must not learn now.
    """
    document = outgoing.document
    mine = invitation_to(outgoing, context.invitations)
    if mine is None:
        return True
    written_on = date.fromisoformat(document.values["dated_on"])
    mailing = mailing_for(context, mine, outgoing.purpose, written_on, stamped_at=document.made_at)
    now = next((letter for letter in mailing.letters if letter.name == document.kind), None)
    if now is None or values(now) != document.values:
        return True
    return context.tells(mine, words_of(now))


PAGE_CHANGED = (
    "The safety plan, or what this person must not learn, has changed since this page was made. It must not go out: "
    "the social worker prints another."
)


def why_page_is_printed_again(outgoing) -> str:
    """Why this page of an interim safety plan must not be handed over, or "". Called at the moment of printing."""
    document = outgoing.document
    if document is None or outgoing.purpose != PURPOSE:
        return ""
    rows = SafetyPlanPerson.objects.filter(plan=outgoing.about_id, person=outgoing.recipient_id, plan__ended_at=None)
    row = rows.filter(name=outgoing.recipient_name).first()
    if row is None:
        return PAGE_CHANGED
    reader = plan_reader(row)
    now = safety_plan_page(reader, date.fromisoformat(document.values["dated_on"]))
    told = release_check(words_of(now), reader.withheld.protected, reader.withheld.known)
    return PAGE_CHANGED if values(now) != document.values or any(one.stops for one in told) else ""
