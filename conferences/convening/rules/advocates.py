"""What is recorded with each step of arranging an advocate: the form asks for it, and the action refuses without it.

Codes are the plain values of ``choices.py``. Pure: no database, no clock, no Django."""

OFFER = ("offered_by", "offered_on")
NEEDED = {  # by state
    "offered": OFFER,
    "accepted": (*OFFER, "answered_on"),
    "referred": (*OFFER, "answered_on", "referred_to", "referred_on"),
    "booked": (*OFFER, "answered_on", "booked_with"),
    "declined": (*OFFER, "answered_on", "why_not"),
    "not_booked": (*OFFER, "answered_on", "why_not"),
}
SENTENCES = {
    "offered_by": "Say who offered an advocate",
    "offered_on": "Enter the day on which it was offered",
    "answered_on": "Enter the day on which they answered",
    "referred_to": "Say to which service they were referred",
    "referred_on": "Enter the day of the referral",
    "booked_with": "Say who is booked",
    "why_not": "Say why",
}
