"""Names in a sentence."""

from cpc.core.kernel.phrases import about_children, capital, in_sentence, listed, possessive


def test_names_are_listed_as_people_say_them():
    assert listed([]) == ""
    assert listed(["Rosa"]) == "Rosa"
    assert listed(["Rosa", "Theo"]) == "Rosa and Theo"
    assert listed(name for name in ("Rosa", "Theo", "Ivy")) == "Rosa, Theo and Ivy"
    assert listed(["PDF", "Word", "text"], "or") == "PDF, Word or text"


def test_a_name_with_an_addition_in_brackets_takes_no_ending():
    assert possessive("Rosa", "plan") == "Rosa’s plan"
    assert possessive("Zebedee (born 22 July 2016)", "plan") == "the plan for Zebedee (born 22 July 2016)"
    assert possessive("Jo (Rosa)", "views", "of") == "the views of Jo (Rosa)"


def test_a_capital_leaves_the_other_letters_as_they_were():
    assert capital("") == ""
    assert capital("the GP of Rosa") == "The GP of Rosa"


def test_a_label_within_a_sentence_begins_small_unless_it_is_an_abbreviation():
    assert in_sentence("Social worker") == "social worker"
    assert in_sentence("GP") == "GP"
    assert in_sentence("GP practice") == "GP practice"
    assert in_sentence("") == ""


def test_a_question_about_one_child_says_the_childs_name():
    asked = "How often is each child visited?"
    assert about_children(asked, ["Rosa"]) == "How often is Rosa visited?"
    assert about_children(asked, ["Rosa", "Theo"]) == about_children(asked, []) == asked
