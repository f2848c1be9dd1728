"""What `/integritet` and `/villkor` say is held by tests: each paragraph by those named here."""

import re

import pytest

from dialogs.conversation.texts import text
from tests.deploy.test_integritet import names_of_tests

LAW = "law: see deploy/integritet.md"
PLAIN = "plain: asks of the reader, or leads on"

HELD = {
    "pages.privacy": {
        "{responsible}": "test_who_is_responsible_for_what_is_told",
        "Personuppgiftsansvarig för": LAW,
        "{officer} Du kan": "test_the_officer_is_reached_from_the_page",
        "Uppgifterna behövs": LAW,
        "Ingen lag kräver": LAW,
        "Tryggve fattar inga": "test_leaving_and_coming_back_puts_you_last, "
        "test_a_freed_seat_goes_to_the_first_in_line_in_the_same_act",
        "Ditt id i": "test_whoever_asks_is_known_and_the_question_is_nobodys",
        "Ditt namn så": "test_two_with_the_same_name_are_two_and_a_new_name_is_the_same_person",
        "Vilken kommun": "test_who_works_in_vaxjo_cannot_become_a_reader_of_lunds, "
        "test_announcements_are_muted_and_come_again",
        "Vilka utbildningar": "test_the_file_holds_everything_about_one_and_nothing_about_others",
        "Vilka träffar": "test_what_leads_to_somebody_is_found_again",
        "Att du har svarat": "test_the_answers_have_no_names_and_show_from_five_on",
        "Var i ett samtal": "test_nothing_is_left_of_who_was_erased",
        "Tryggves senaste svar": "test_notices_go_with_what_they_said",
        "Om du är samordnare": "test_coordinators_read_their_own_counties_at_this_moment, "
        "test_of_a_coordinator_only_the_name_under_what_was_sent_stays",
        "Om du har kvitterat": "test_who_has_read_it_is_told_by_name",
        "Om du är inbjuden": "test_a_no_is_not_told",
        "Vilka kort": "test_every_table_of_a_kind_is_purged_or_goes_with_another",
        "Ungefär när": "test_who_has_not_been_here_for_two_years_is_erased",
        "Skriv ”mina uppgifter”": "test_the_words_for_ones_rights_are_understood, "
        "test_the_file_holds_everything_about_one_and_nothing_about_others",
        "När du trycker på ”Stämmer inte?”": "test_no_report_leads_to_whoever_wrote_it, "
        "test_reports_are_counted_and_leafed_through",
        "När du anmäler dig": "test_from_the_question_to_the_list_and_its_end",
        "När du trycker på ”Fråga": "test_personal_things_are_taken_out_before_anything_is_kept, "
        "test_nobody_else_reads_or_answers_it",
        "Frågor som Tryggve": "test_an_open_question_tells_the_county_and_nothing_more, "
        "test_a_question_that_names_somebody_is_counted_and_not_kept, "
        "test_no_verdict_has_a_key_that_leads_to_a_person",
        "Loggen innehåller": "test_the_log_says_what_happened_and_nothing_of_what_was_said, "
        "test_nothing_personal_is_stored_or_logged",
        "Filer som du": "test_a_list_of_participants_is_made_when_it_is_fetched",
        "Tryggve sätter inga": "test_no_page_sets_a_cookie",
        "Rader som andra": "test_who_was_erased_since_the_copy_is_erased_again, "
        "test_nothing_is_left_of_who_was_erased",
        "Den som driver Tryggve": "test_a_person_is_shown_exported_and_erased, "
        "test_who_has_read_it_is_told_by_name",
        "De kan arbeta": "test_the_county_board_sees_its_participants_and_nobody_else_does",
        "De som håller": "test_only_who_holds_the_training_at_this_moment_sees_it, "
        "test_people_are_found_in_the_coordinators_own_municipalities, "
        "test_only_colleagues_of_the_same_municipality_and_tenant_are_found, test_a_no_is_not_told",
        "Den som har koden": "test_who_was_there_has_a_certificate",
        "Det som en samordnare": "test_what_is_published_stays_when_who_is_named_in_it_is_erased",
        "Kalendern och nyheterna": "test_nothing_of_persons_and_no_way_in_is_told",
        "Dina meddelanden": LAW,
        "Du har rätt": "test_the_words_for_ones_rights_are_understood, "
        "test_who_puts_a_name_right_is_told, test_a_sign_up_stays_until_the_training_is_over, "
        "test_a_hold_keeps_everything",
        "Är du inte nöjd": LAW,
    },
    "pages.terms": {
        "{responsible}": "test_without_an_operator_the_page_says_so",
        "Svaren hjälper": PLAIN,
        "Skriv inte namn": PLAIN,
        "En anmälan gäller": "test_a_sign_up_stands_though_its_server_died_before_the_answer, "
        "test_a_full_training_puts_you_in_line_and_a_freed_seat_goes_to_the_first",
        "Tryck på knappen": "test_a_wrong_answer_can_be_reported",
        "Vad som sparas": "test_every_link_leads_somewhere",
    },
}  # fmt: skip


def paragraphs(key: str) -> list[str]:
    return re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", text(key, **dict.fromkeys(FIELDS, "{}")))


FIELDS = ("responsible", "contact", "officer", "periods")


def begins(written: str, with_: str) -> bool:
    return written.startswith(re.sub(r"\{\w+\}", "{}", with_))


@pytest.mark.parametrize("page", HELD)
def test_every_paragraph_of_a_page_is_held(page: str) -> None:
    """A new one is written into the table above, and what is gone is taken out of it."""
    found = paragraphs(page)

    assert [one for one in found if not any(begins(one, known) for known in HELD[page])] == []
    assert [known for known in HELD[page] if not any(begins(one, known) for one in found)] == []


@pytest.mark.parametrize("page", HELD)
def test_every_test_that_holds_a_paragraph_exists(page: str) -> None:
    named = {
        name
        for held in HELD[page].values()
        if held not in (LAW, PLAIN)
        for name in held.split(", ")
    }

    assert named - names_of_tests() == set()
