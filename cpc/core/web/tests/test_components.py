"""Tables and lists of facts as the gallery and the pages draw them."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.urls import reverse
from tinyhtml5 import parse


def drawn(source, **context):
    """The element that holds what ``source`` draws."""
    html = Template("{% load components %}" + source).render(Context(context))
    return parse(f"<!DOCTYPE html><title>A page</title><main>{html}</main>", namespace_html_elements=False).find(
        ".//main"
    )


def words(element):
    return " ".join("".join(element.itertext()).split())


ONE_ROW = (
    '{% table "Children" "Child" may|yesno:"Change," "Actions" numbers="Actions" %}'
    "{% row id=7 %}{% row_head %}{{ name }}{% endrow_head %}{% cell number=True %}3{% endcell %}{% endrow %}"
    "{% endtable %}"
)


def test_a_table_has_a_caption_a_named_region_and_a_head_for_each_column():
    main = drawn(ONE_ROW, name="Sam", may=True)
    assert words(main.find(".//caption")) == "Children"
    assert main.find("div").attrib["aria-label"] == "Children: table"
    assert [words(head) for head in main.findall(".//thead/tr/th")] == ["Child", "Change", "Actions"]
    assert {head.attrib["scope"] for head in main.findall(".//thead/tr/th")} == {"col"}


def test_a_column_without_a_name_is_left_out():
    main = drawn(ONE_ROW, name="Sam", may=False)
    assert [words(head) for head in main.findall(".//thead/tr/th")] == ["Child", "Actions"]


def test_on_a_phone_each_cell_names_its_column_but_an_empty_one_and_one_of_links():
    cells = (
        "{% row_head %}Sam{% endrow_head %}{% cell %}Ada{% endcell %}{% cell %} {% endcell %}{% cell %}End{% endcell %}"
    )
    rows = "{% row %}" + cells + "{% endrow %}"
    main = drawn('{% table "Cover" "Who" "Until <b>" "Why" "Change" stack=True %}' + rows * 2 + "{% endtable %}")
    for row in main.findall(".//tbody/tr"):
        assert [cell.attrib.get("data-column") for cell in row] == [None, "Until <b>", None, None]


def test_a_row_is_named_by_its_first_cell_and_numbers_are_aligned():
    main = drawn(ONE_ROW, name="<b>Sam</b>", may=False)
    (row,) = main.findall(".//tbody/tr")
    assert row.attrib["id"] == "7"
    assert row.find("th").attrib["scope"] == "row"
    assert words(row.find("th")) == "<b>Sam</b>", "words are text"
    assert "govuk-table__cell--numeric" in row.find("td").attrib["class"]
    assert "govuk-table__header--numeric" in main.findall(".//thead/tr/th")[1].attrib["class"]


def test_facts_without_any_link_leave_no_room_for_links():
    main = drawn('{% facts %}{% fact "Chair" %}Adele{% endfact %}{% endfacts %}')
    assert words(main.find(".//dt")) == "Chair"
    assert main.find(".//dl/div").attrib["class"] == "govuk-summary-list__row"


def test_a_fact_without_links_beside_one_with_links_keeps_the_line_whole():
    main = drawn(
        '{% facts %}{% fact "Chair" small="Independent" %}Adele'
        '{% actions %}<a href="#">Change</a>{% endactions %}{% endfact %}'
        '{% fact "Notes" typed=True %}{{ notes }}{% endfact %}{% endfacts %}',
        notes='</dd><dd class="govuk-summary-list__actions">',
    )
    chair, notes = main.findall(".//dl/div")
    assert [words(one) for one in chair] == ["ChairIndependent", "Adele", "Change"]
    assert "--no-actions" in notes.attrib["class"]
    assert "--no-actions" not in chair.attrib["class"]


def test_actions_that_turn_out_to_be_none_are_no_actions():
    main = drawn(
        '{% facts %}{% fact "Chair" %}Adele'
        "{% actions %}{% if no %}x{% endif %}{% endactions %}{% endfact %}{% endfacts %}"
    )
    assert [words(one) for one in main.find(".//dl/div")] == ["Chair", "Adele"]


@pytest.mark.parametrize(
    "source",
    [
        '{% table "A" "B" colour="red" %}{% endtable %}',
        "{% row class=1 %}{% endrow %}",
        "{% cell wide=True %}{% endcell %}",
        "{% facts big=True %}{% endfacts %}",
        '{% fact "A" href="/" %}{% endfact %}',
        '{% data_table head rows "A" numeric=1 %}',
    ],
)
def test_an_attribute_that_a_component_does_not_declare_is_an_error(source):
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument"):
        drawn(source)


def test_the_gallery_shows_a_table_and_facts(client, worker, practice):
    client.force_login(worker)
    page = client.get("/components/").content.decode()
    assert 'aria-label="People invited: table"' in page
    assert "cpc-wide-list" in page
    assert "<b>Robin</b>" not in page


@pytest.mark.django_db
def test_a_due_date_says_due_once():
    today = date(2026, 11, 30)
    alone = words(drawn("{% due on %}", on=today, today=today))
    named = words(drawn('{% due on what="Due by" %}', on=today, today=today))
    assert (alone, named) == ("Monday 30 November 2026 due today", "Due by Monday 30 November 2026 today")


def test_the_names_of_people_are_a_list_in_a_sentence():
    people = [SimpleNamespace(full_name=name) for name in ("Rosa Marlow", "Theo Hart", "Ivy Marlow")]
    assert words(drawn("{{ people|full_names }}", people=people)) == "Rosa Marlow, Theo Hart and Ivy Marlow"


def test_the_address_of_a_row_is_the_one_that_django_gives_also_the_second_time():
    source = '{% load addresses %}{% address "conferences:conference" 7 %} {% address "conferences:conference" 8 %}'
    given = reverse("conferences:conference", args=[7]), reverse("conferences:conference", args=[8])
    assert words(drawn(source * 2)).split() == [given[0], given[1] + given[0], given[1]]
