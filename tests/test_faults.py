"""What Tryggve must survive, and the tests that hold it: rows of the project's table of faults."""

import pytest

from tests.deploy.test_integritet import names_of_tests

HELD: dict[str, list[str]] = {
    "1–5: a token that is missing, forged, expired, or somebody else's": [
        "test_only_a_good_token_comes_in", "test_two_tokens_are_none",
    ],
    "6: keys that rotate": [
        "test_a_rotated_key_is_accepted_without_a_restart",
        "test_unknown_keys_are_asked_for_once_a_minute",
    ],
    "7: a key server that is slow, down, or something else": [
        "test_a_slow_key_server_delays_only_those_who_need_it",
        "test_known_keys_are_used_while_the_key_server_fails",
        "test_without_keys_the_door_is_shut_until_they_come",
    ],
    "8: a false address in an activity": ["test_a_good_token_does_not_open_for_a_bad_activity"],
    "9: a false address in the database": [
        "test_a_poisoned_address_never_sees_the_token",
        "test_what_waits_for_a_poisoned_address_fails_in_sight_and_goes_nowhere",
    ],
    "10: a redirect": ["test_a_redirect_is_not_followed"],
    "41: no connection left": ["test_with_every_connection_taken_people_are_told_in_time"],
    "44: a full disk, and a database that only reads": [
        "test_a_disk_without_room_is_noticed_and_reading_goes_on",
        "test_a_file_without_the_right_to_write_is_noticed",
        "test_a_postgresql_that_only_reads_and_then_is_gone_and_comes_back",
        "test_a_full_disk_under_the_output",
    ],
    "46: an older copy": [
        "test_who_was_erased_since_the_copy_is_erased_again",
        "test_a_role_that_was_taken_back_since_the_copy_stays_taken_back",
        "test_an_organisation_that_was_shut_out_since_the_copy_stays_out",
    ],
    "48: a clock that jumps": [
        "test_a_clock_that_was_put_back_holds_nobody_up",
        "test_the_guard_heeds_only_a_clock_that_goes_back",
        "test_the_clock_is_compared_with_microsofts",
        "test_an_hour_ahead_is_counted_through_the_change_of_the_clock",
        "test_a_year_ahead_purges_nothing_until_the_clock_is_right",
        "test_so_long_ahead_is_so_long_through_both_nights",
        "test_of_a_time_that_comes_twice_the_next_is_meant",
        "test_new_year_and_leap_days", "test_a_copy_is_made_every_night",
    ],
    "54: whose account cannot be told": ["test_who_cannot_be_told_for_sure_is_a_guest"],
    "55: forged cards": [
        "test_forged_data_of_every_button_is_answered_and_breaks_nothing",
        "test_an_old_or_tampered_card_changes_nothing",
        "test_what_is_not_an_activity_is_refused",
        "test_nobody_else_learns_that_an_announcement_exists",
        "test_one_persons_button_is_another_persons_own_act", "test_two_tenants_never_meet",
    ],
    "56: cards of earlier versions": ["test_a_card_of_an_earlier_version_is_still_understood"],
    "57: a role that was taken back": [
        "test_no_old_card_has_power_left",
        "test_a_role_taken_away_after_the_preview_stops_the_sending",
    ],
    "58: others' municipalities": [
        "test_every_municipality_lies_in_the_county",
        "test_another_countys_municipalities_cannot_be_reached",
    ],
    "59: sent twice": [
        "test_ten_taps_by_two_coordinators_send_it_once",
        "test_a_second_tap_on_send_sends_nothing_more",
    ],
    "60: stopped on the way": [
        "test_a_send_to_500_is_stopped_half_way",
        "test_stopping_keeps_what_has_arrived_and_sends_no_more",
        "test_a_pause_is_obeyed_by_every_process_and_nothing_is_lost",
    ],
    "61: an organisation that is not let in": [
        "test_a_good_token_does_not_open_for_a_bad_activity",
        "test_with_no_tenants_nobody_comes_in",
        "test_the_line_of_a_refused_organisation_says_which",
        "test_no_link_opens_any_more", "test_what_was_scheduled_does_not_leave",
    ],
    "62: a hostile name": ["test_a_hostile_name_is_shown_as_plain_text"],
    "68: words that would open what is others'": ["test_no_words_open_what_is_others"],
    "69: a flood": [
        "test_a_hundred_messages_get_twenty_answers_and_one_warning",
        "test_others_are_heard_meanwhile",
        "test_an_organisation_gets_no_more_answers_than_teams_takes",
    ],
    "70: what is no activity": [
        "test_what_is_not_an_activity_is_refused", "test_a_bomb_is_refused",
        "test_who_is_not_known_is_not_told_what_is_wrong_with_the_body",
    ],
    "71: a sender that trickles": [
        "test_who_does_not_finish_a_header_is_hung_up_on",
        "test_a_header_that_trickles_is_not_waited_for_longer",
        "test_a_slow_sender_is_cut_off",
        "test_the_body_of_a_stranger_is_not_waited_for",
    ],
    "72: an error nobody thought of": [
        "test_an_unexpected_error_is_told_with_a_reference",
        "test_a_failed_turn_ends_with_an_apology_and_a_reference",
    ],
    "73: pages without credentials": [
        "test_who_watches_is_told_of_nobody", "test_there_is_no_door_for_administrators",
        "test_with_a_token_only_who_has_it_may_see",
    ],
    "74: secrets in the log": [
        "test_the_log_says_what_happened_and_nothing_of_what_was_said",
        "test_libraries_are_logged_without_their_arguments",
        "test_nothing_personal_is_stored_or_logged", "test_the_secret_is_not_shown",
        "test_no_token_is_in_a_line_whatever_becomes_of_it",
    ],
    "75: what is kept of somebody": [
        "test_the_file_holds_everything_about_one_and_nothing_about_others",
        "test_the_file_has_every_row_of_hers_and_no_row_of_who_did_the_same",
    ],
    "76: erasing": [
        "test_nothing_is_left_of_who_was_erased", "test_a_sign_up_stays_until_the_training_is_over",
        "test_a_hold_keeps_everything", "test_a_hold_set_while_purging_goes_on_is_heeded",
        "test_what_is_on_its_way_leads_to_nobody_when_it_has_arrived",
        "test_the_number_of_who_was_erased_becomes_nobody_elses",
        "test_a_crash_before_the_texts_were_looked_through_is_made_good",
        "test_sign_ups_go_two_years_after_the_training_and_their_number_stays",
        "test_who_is_erased_twice_at_once_is_erased",
        "test_a_namesake_keeps_the_name_in_what_is_their_own",
    ],
    "77: purging without a decision": [
        "test_without_a_decision_what_is_an_act_stays",
        "test_acts_wait_for_a_decision_and_work_does_not",
        "test_what_several_purge_at_once_goes_once_and_is_written_down_once",
        "test_what_went_before_a_fault_is_written_down",
    ],
}  # fmt: skip


@pytest.mark.parametrize("fault", HELD)
def test_every_fault_is_held_by_a_test(fault: str) -> None:
    assert {*HELD[fault]} <= names_of_tests()
