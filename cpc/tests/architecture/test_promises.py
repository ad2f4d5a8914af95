"""What a letter or e-mail promises is kept by the service and a test says so, or people keep it and the table says how.

A sentence of a golden text that promises something and is in no row fails: keep it, or do not promise it.
"""

import re

from cpc.tests.architecture.places import ROOT, our_files

GOLDEN = ("conferences/tests/golden", "reports/tests/golden", "cpc/core/documents/tests/golden_emails")
PROMISES = re.compile(
    r"\b(we will|I will (?!bring)|will (tell|come|bring|visit|be sent|offer|hear|book|get|look|invite|arrange|pass)|"
    r"you will (?!do|get no more)|you will get|copy of the record follows|we can|is given to|will not be given|"
    # What a reader is offered is promised too.
    r"you can (come|be in|change|say|use|write|ask|attend)|you can also (have|ask|write it down)|"
    r"you may (bring|have|be able)|you do not have to sign|only the chair can|the chair must agree|still counts)\b",
    re.IGNORECASE,
)
KEPT = {
    "The chair will look at it with you when you talk": "test_the_chairs_talk_is_recorded_or_why_there_was_none",
    "you will be sent a letter with what was decided":
        "test_a_parent_without_responsibility_gets_a_letter_and_no_record_and_the_chair_sees_that",
    "If another meeting is needed": "test_cancelling_a_review_asks_for_another_with_the_same_children_and_last_day",
    "If you are invited, you will hear from us again":
        "test_a_dispute_that_is_upheld_agrees_the_request_so_that_it_can_be_booked",
    "interpreter": "test_who_is_promised_an_interpreter_has_one_to_be_arranged",
    "Someone you know from us will bring it": "test_a_letter_goes_by_hand_unless_post_is_known_to_be_safe",
    "The chair will offer to talk with you":
        "test_children_and_parents_are_not_heard_until_something_of_theirs_is_there",
    "will tell you what it decides":
        "test_the_person_recording_it_reads_who_was_promised_to_be_told_what_it_decides",
    "We can arrange that you do not meet":
        "test_people_who_must_not_meet_get_separate_times_and_each_letter_states_only_its_readers_time",
    "We will all meet again": "test_a_first_review_is_due_on_the_earlier_of_three_months_and_91_days",
    "We will ask them": "test_they_and_their_agency_are_told_at_once_in_words_that_name_nobody",
    "will come and tell you what was decided": "test_the_letters_wait_until_the_chair_has_chosen_for_each_child",
    "will tell you where the meetings are": "test_each_member_is_told_once_and_nobody_who_is_not_a_member",
    "You will get no more messages or papers": "test_no_later_date_is_told_to_them",
    "You will not be given the reports":
        "test_who_gets_no_documents_gets_neither_record_nor_letter_until_the_chair_includes_one",
    "You will not be at the meeting": "test_the_attendance_page_shows_them_as_excluded_and_marks_everybody_else",
    "you will not be in the meeting": "test_the_attendance_page_shows_them_as_excluded_and_marks_everybody_else",
    "you will not take part in it": "test_they_are_not_expected_not_marked_and_not_named_to_the_family",
    "you will be sent the new one":
        "test_a_wrong_category_is_corrected_in_the_plan_and_only_the_letters_that_say_it_are_sent_again",
    "advocate": "test_an_advocate_is_the_workers_to_offer_then_the_administrators_to_book_and_each_step_keeps_its_day",
    "You can come for all of it": "test_a_child_was_asked_by_somebody_on_a_day",
    "You can come to part of the meeting": "test_the_chair_says_which_part_and_why",
    "join by": "test_who_talked_with_them_when_and_what_they_want_is_recorded",
    "part of the meeting:": "test_who_is_excluded_from_part_comes_at_their_own_times_which_only_the_chair_changes",
    "You can say how safe you feel": "test_the_page_of_a_contribution_asks_what_the_printed_form_asks",
    "You can use it to tell the meeting": "test_a_form_for_the_family_can_be_filled_in_on_a_screen",
    "You can write or draw": "test_a_drawing_is_seen_by_those_its_author_wants_to_see_it",
    "write it down, draw it": "test_a_drawing_is_seen_by_those_its_author_wants_to_see_it",
    "to support you": "test_a_parent_has_one_supporter_and_one_solicitor",
    "You may bring a solicitor": "test_a_parent_has_one_supporter_and_one_solicitor",
    "The chair must agree first": "test_the_chair_decides_by_the_day_on_which_a_supporter_is_to_be_named",
    "speak to the chair": "test_the_chairs_talk_is_recorded_or_why_there_was_none",
    "speak with the chair": "test_the_chairs_talk_is_recorded_or_why_there_was_none",
    "talk with the chair": "test_the_chairs_talk_is_recorded_or_why_there_was_none",
    "Only the chair can change the record":
        "test_only_its_chair_approves_and_an_approved_record_is_changed_only_as_a_correction",
    "You do not have to sign": "test_who_agreed_and_signed_is_recorded_and_asked_again_when_the_plan_changes",
    "say whether you can come": "test_a_professional_sees_only_the_children_they_know_and_replies",
    "that still counts": "test_of_another_room_everyone_is_told_and_nobody_is_asked_again_whether_they_come",
    "more report": "test_where_details_are_protected_a_parent_gets_a_copy_that_a_second_person_has_checked",
    "You will hear private things": "test_who_was_agreed_is_expected_at_the_meeting_and_where_the_parent_is",
    "copy of the record": "test_an_agency_that_was_invited_and_did_not_come_gets_both_copies",
}  # fmt: skip
PEOPLE = {
    "You can change your mind": "the person who asked the child records the new answer",
    "You can ask the chair why": "the chair",
    "You can write to complaints": "the council’s complaints service, with the day on which the time ends",
    "say who will come, so that we can let them sign in": "the office answers the phone and adds the person",
    "We can also tell you why this was decided": "the office or the social worker says it on the phone",
    "We will not tell them": "whoever is told of a fear records it where the other person reads nothing",
    "We will pass it to": "the office passes it to the chair, who ends an exclusion on its page",
    "What you write is given to the chair": "the office adds it to the family’s contributions",
    "We will tell you first if we can": "whoever reads that somebody is not safe speaks with the child first",
    "We will tell you which meeting it is": "the office answers the phone and invites the person",
    "will come and see you": "the social worker, whose visits are due by the plan",
    "You will not be in trouble": "everybody",
    "will tell me what you want to say": "the chair’s own words about how a child is heard",
    "will visit you on Monday": "the chair’s own words about how somebody is heard",
    "call us and say who will come": "the office answers the phone",
}

NO_PROMISE = (  # headings, and what the reader says on a form
    "How we will know", "How I will hear what you think", "What you will hear",
    "Who will come with you", "I will bring", "They will hear"
)  # fmt: skip


def promises():
    """(golden text, sentence) of each sentence that promises something."""
    for folder in GOLDEN:
        for path in sorted((ROOT / folder).glob("*.txt")):
            for sentence in re.split(r"(?<=[.?!:]) +|\n", path.read_text()):
                if PROMISES.search(sentence) and not sentence.startswith(NO_PROMISE):
                    yield path.name, sentence


def is_kept(sentence):
    return any(words.casefold() in sentence.casefold() for words in (*KEPT, *PEOPLE))


def test_every_promise_of_a_letter_is_kept_by_a_test_or_by_people_who_are_named():
    found = list(promises())
    assert len(found) > 60, "too few promises: this looks in the wrong place"
    assert [(name, sentence) for name, sentence in found if not is_kept(sentence)] == []


def test_every_row_of_promises_is_promised_somewhere_and_its_test_is_there():
    said = "\n".join(path.read_text() for folder in GOLDEN for path in (ROOT / folder).glob("*.txt")).casefold()
    assert [words for words in (*KEPT, *PEOPLE) if words.casefold() not in said] == []
    tests = "\n".join((ROOT / path).read_text() for path in our_files() if "tests" in path.parts)
    assert [name for name in KEPT.values() if f"def {name}(" not in tests] == []
