"""J2: finding the regional coordinator."""

import pytest

from tests.support.town import Person, Town


async def test_the_municipality_is_asked_for_once_and_remembered(anna: Person) -> None:
    await anna.says("vem är vår samordnare?")
    anna.hears("Vilken kommun arbetar du i?")
    await anna.says("Växjö")
    anna.hears(
        "Länsstyrelsen i Kronobergs län",
        "010-223 70 00",
        "kronoberg@lansstyrelsen.se",
        "brottsforebyggande@lansstyrelsen.se",
        "Syd",
        "Senast bekräftad 2 januari 2026",
        "Länet har inte angett något namn än",
    )

    await anna.says("min samordnare")
    anna.hears("Länsstyrelsen i Kronobergs län")


@pytest.mark.parametrize(
    ("typed", "board"),
    [
        ("Ostersund", "Jämtlands län"),
        ("Upplands-Väsby", "Stockholms län"),
        ("Göteborgs stad", "Västra Götalands län"),
        ("jag jobbar i Lund", "Skåne län"),
        ("Österåkers kommun", "Stockholms län"),
    ],
)
async def test_names_are_understood_as_people_type_them(
    anna: Person, typed: str, board: str
) -> None:
    await anna.says("min samordnare")
    await anna.says(typed)

    anna.hears(f"Länsstyrelsen i {board}")


async def test_a_name_that_is_both_municipality_and_county_is_asked_about(anna: Person) -> None:
    await anna.says("min samordnare")
    await anna.says("Kalmar")
    anna.hears("Vilken menar du?", "Kalmar kommun", "Kalmar län")
    await anna.says("kommunen")
    anna.hears("Jag har noterat att du arbetar i Kalmar.")


async def test_the_choice_can_also_be_tapped(anna: Person) -> None:
    await anna.says("samordnare i Örebro")
    await anna.taps("Örebro län")

    anna.hears("Länsstyrelsen i Örebro län")


async def test_the_municipality_can_be_changed(anna: Person) -> None:
    await anna.says("min samordnare")
    await anna.says("Växjö")
    await anna.taps("Byt kommun")
    anna.hears("Du arbetar i Växjö")
    await anna.says("Kiruna")
    anna.hears("Länsstyrelsen i Norrbottens län")

    await anna.says("byt kommun till Lund")
    anna.hears("Länsstyrelsen i Skåne län")


async def test_somebody_elses_coordinator_is_shown_without_changing_mine(anna: Person) -> None:
    await anna.says("min samordnare")
    await anna.says("Växjö")
    await anna.says("vem är samordnare i Lund?")
    anna.hears("Länsstyrelsen i Skåne län", "Jag arbetar här")

    await anna.says("min samordnare")
    anna.hears("Länsstyrelsen i Kronobergs län")


async def test_an_unknown_name_is_asked_for_again(anna: Person) -> None:
    await anna.says("min samordnare")
    await anna.says("Ankeborg")
    anna.hears("Jag hittar ingen kommun som heter så")
    await anna.says("avbryt")
    anna.hears("Jag har avbrutit")


async def test_a_question_in_between_is_answered(anna: Person) -> None:
    await anna.says("min samordnare")
    await anna.says("hur ofta ska lägesbilden uppdateras?")

    anna.hears("Minst vartannat år")


async def test_a_wrong_contact_can_be_reported(tryggve: Town, anna: Person) -> None:
    await anna.says("min samordnare")
    await anna.says("Växjö")
    await anna.taps("Uppgiften stämmer inte")
    anna.hears("Tack. Jag har noterat")
    await anna.says("fel: numret går till fel växel")
    anna.hears("Din kommentar är sparad")

    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("anmälda fel")
    kerstin.hears("kontaktkortet för Kronobergs län", "numret går till fel växel")


async def test_what_is_no_name_is_never_saved(tryggve: Town) -> None:
    for typed in ["stop", "ångra", "våra", "Ankeborg", "jag vet inte", "vad?"]:
        anna = tryggve.person(f"Anna {typed}")
        await anna.says("min samordnare")
        await anna.says(typed)
        anna.does_not_hear("Jag har noterat")

        await anna.says("min samordnare")
        anna.hears("Vilken kommun arbetar du i?")


async def test_what_is_nearly_said_is_asked_about(tryggve: Town) -> None:
    for typed, asked, board in [
        ("Kungsbaka", "Menar du att du arbetar i Kungsbacka kommun?", "Hallands län"),
        ("jag jobbar i kungsbaka", "Kungsbacka kommun?", "Hallands län"),
        ("Ångelholm", "Ängelholms kommun?", "Skåne län"),
        ("hor", "Höörs kommun?", "Skåne län"),
        ("Bro", "Bro i Upplands-Bro kommun?", "Stockholms län"),
        ("jag är på socialtjänsten i Lund", "Lunds kommun?", "Skåne län"),
    ]:
        anna = tryggve.person(f"Anna {typed}")
        await anna.says("min samordnare")
        await anna.says(typed)
        anna.hears(asked)
        anna.does_not_hear("Jag har noterat")

        await anna.says("ja")
        anna.hears("Jag har noterat", f"Länsstyrelsen i {board}")


async def test_no_to_a_near_name_saves_nothing_and_leads_on(anna: Person) -> None:
    await anna.says("min samordnare")
    await anna.says("Kungsbaka")
    await anna.says("nej")
    anna.hears("Då har jag inte noterat någon kommun")
    await anna.says("kungsbaka")
    await anna.taps("Nej")
    anna.hears("Då har jag inte noterat någon kommun")
    await anna.says("Kungälv")

    anna.hears("Jag har noterat att du arbetar i Kungälv.")


async def test_a_near_name_is_confirmed_with_a_tap(anna: Person) -> None:
    await anna.says("byt kommun till Ornskoldsvk")
    anna.hears("Menar du att du arbetar i Örnsköldsviks kommun?")
    await anna.taps("Ja")

    anna.hears("Jag har noterat att du arbetar i Örnsköldsvik.")


async def test_another_name_answers_a_near_one(anna: Person) -> None:
    await anna.says("min samordnare")
    await anna.says("Kungsbaka")
    await anna.says("nej, Kungälv")

    anna.hears("Jag har noterat att du arbetar i Kungälv.")


async def test_a_near_name_of_somebody_elses_place_is_only_shown(anna: Person) -> None:
    await anna.says("samordnare i Kungsbaka")
    anna.hears("Menar du Kungsbacka kommun?")
    await anna.says("ja")
    anna.hears("Länsstyrelsen i Hallands län", "Jag arbetar här")
    anna.does_not_hear("Jag har noterat")

    await anna.says("samordnare i Kungsbaka")
    await anna.says("nej")
    anna.hears("Då vet jag inte vilken plats du menar")


async def test_a_name_that_is_two_is_not_saved_for_who_only_asked(anna: Person) -> None:
    await anna.says("samordnare i Kalmar")
    await anna.says("kommunen")
    anna.hears("Länsstyrelsen i Kalmar län", "Jag arbetar här")

    await anna.says("samordnare i Kalmar")
    await anna.taps("Kalmar kommun")
    anna.does_not_hear("Jag har noterat")


async def test_a_place_inside_a_municipality_leads_to_it(tryggve: Town) -> None:
    for typed, told, saved in [
        ("Märsta", "Märsta ligger i Sigtuna kommun.", "Sigtuna"),
        ("Sälen", "Sälen ligger i Malung-Sälens kommun.", "Malung-Sälen"),
        ("kinna", "Kinna ligger i Marks kommun.", "Mark"),
        ("jag jobbar i Visby", "Visby ligger i Gotlands kommun.", "Gotland"),
    ]:
        anna = tryggve.person(f"Anna {typed}")
        await anna.says("min samordnare")
        await anna.says(typed)
        anna.hears(told, f"Jag har noterat att du arbetar i {saved}.", "Byt kommun")


async def test_a_place_in_several_municipalities_is_asked_about(anna: Person) -> None:
    await anna.says("min samordnare")
    await anna.says("Ekeby")
    anna.hears("Vilken menar du?", "Ekeby i Bjuvs kommun, Skåne län", "Ekeby i Kumla kommun")
    await anna.says("den i Bjuv")

    anna.hears("Jag har noterat att du arbetar i Bjuv.")


async def test_habo_and_håbo_are_both_reached(tryggve: Town) -> None:
    for answer, saved in [
        ("1", "Habo"),
        ("den första", "Habo"),
        ("Habo", "Habo"),
        ("habo kommun", "Habo"),
        ("den i Jönköpings län", "Habo"),
        ("2", "Håbo"),
        ("den sista", "Håbo"),
        ("Håbo", "Håbo"),
        ("den i Uppsala län", "Håbo"),
        ("den i uppsala", "Håbo"),
    ]:
        anna = tryggve.person(f"Anna {answer}")
        await anna.says("min samordnare")
        await anna.says("Habo")
        anna.hears("Habo kommun, Jönköpings län", "Håbo kommun, Uppsala län")
        await anna.says(answer)

        anna.hears(f"Jag har noterat att du arbetar i {saved}.")


async def test_habo_and_håbo_are_both_tapped(tryggve: Town) -> None:
    for saved in ["Habo kommun, Jönköpings län", "Håbo kommun, Uppsala län"]:
        anna = tryggve.person(f"Anna {saved}")
        await anna.says("byt kommun till habo")
        await anna.taps(saved)

        anna.hears(f"Jag har noterat att du arbetar i {saved.split()[0]}.")


async def test_upplands_is_both(anna: Person) -> None:
    await anna.says("min samordnare")
    await anna.says("upplands")
    anna.hears("Upplands Väsby kommun", "Upplands-Bro kommun")
    await anna.says("väsby")

    anna.hears("Jag har noterat att du arbetar i Upplands Väsby.")


async def test_what_counts_of_several_places_is_saved(tryggve: Town) -> None:
    for typed, saved in [
        ("inte Lund utan Malmö", "Malmö"),
        ("Lund, nej Malmö", "Malmö"),
        ("jag har bytt från Lund till Malmö", "Malmö"),
        ("Lund, Skåne?", "Lund"),
        ("vara kommun", "Vara"),
        ("gbg", "Göteborg"),
        ("Region Gotland", "Gotland"),
    ]:
        anna = tryggve.person(f"Anna {typed}")
        await anna.says("min samordnare")
        await anna.says(typed)

        anna.hears(f"Jag har noterat att du arbetar i {saved}.")


async def test_two_places_are_one_question(anna: Person) -> None:
    await anna.says("min samordnare")
    await anna.says("lund eller malmö")
    anna.hears("Vilken menar du?", "Lunds kommun", "Malmö kommun")
    await anna.says("malmö")

    anna.hears("Jag har noterat att du arbetar i Malmö.")


async def test_where_one_does_not_work_is_not_saved(anna: Person) -> None:
    await anna.says("min samordnare")
    await anna.says("jag jobbar inte i Lund")
    anna.hears("Vilken kommun arbetar du i?")
    await anna.says("Växjö")

    anna.hears("Jag har noterat att du arbetar i Växjö.")


async def test_a_bare_place_after_a_contact_is_that_places_coordinator(tryggve: Town) -> None:
    for typed, board in [
        ("och i Lidköping?", "Västra Götalands län"),
        ("Lund då?", "Skåne län"),
        ("och skåne?", "Skåne län"),
        ("VGR?", "Västra Götalands län"),
        ("Märsta", "Stockholms län"),
        ("i boden", "Norrbottens län"),
    ]:
        anna = tryggve.person(f"Anna {typed}")
        await anna.says("samordnare i Växjö")
        await anna.says(typed)
        anna.hears(f"Länsstyrelsen i {board}")
        anna.does_not_hear("Jag har noterat")


async def test_a_bare_town_that_is_also_a_county_is_asked_about(anna: Person) -> None:
    await anna.says("samordnare i Växjö")
    await anna.says("Kalmar då?")
    anna.hears("Kalmar kommun", "Kalmar län")
    await anna.says("länet")

    anna.hears("Stöder kommunerna i Kalmar län")


async def test_a_bare_place_without_a_contact_before_it_is_no_command(anna: Person) -> None:
    await anna.says("Lidköping?")

    anna.does_not_hear("Regional samordnare:")


async def test_ones_own_county_is_where_one_works(tryggve: Town) -> None:
    for typed in ["samordnare i vårt län", "samordnare i mitt län"]:
        anna = tryggve.person(f"Anna {typed}")
        await anna.says("byt kommun till Växjö")
        await anna.says(typed)

        anna.hears("Länsstyrelsen i Kronobergs län")


async def test_a_place_is_known_by_each_of_its_names(tryggve: Town) -> None:
    for typed, board in [
        ("samordnare i Region Skåne", "Skåne län"),
        ("samordnare i Kronoberg", "Kronobergs län"),
        ("länsstyrelsen i Kalmar län", "Kalmar län"),
        ("samordnare i vara", "Västra Götalands län"),
        ("samordnare i Gothenburg", "Västra Götalands län"),
        ("samordnare i Haga i Göteborg", "Västra Götalands län"),
    ]:
        anna = tryggve.person(f"Anna {typed}")
        await anna.says(typed)

        anna.hears(f"Länsstyrelsen i {board}")


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("vad heter hon?", "Länet har inte angett något namn än"),
        ("vem är det han?", "Länet har inte angett något namn än"),
        (
            "har hon nåt telefonnummer?",
            "Telefon till samordnaren för Kronobergs län: 010-223 70 00",
        ),
        ("och numret", "Telefon till samordnaren för Kronobergs län: 010-223 70 00"),
        ("vilken mejl?", "kronoberg@lansstyrelsen.se"),
        ("what is her email", "kronoberg@lansstyrelsen.se"),
        ("hur får jag tag i henne", "Stöder kommunerna i Kronobergs län"),
        ("och i Lidköping?", "Länsstyrelsen i Västra Götalands län"),
    ],
)
async def test_after_a_contact_questions_are_about_it(anna: Person, said: str, hears: str) -> None:
    await anna.says("samordnare i Växjö")
    await anna.says(said)

    anna.hears(hears)


async def test_a_contact_is_remembered_for_two_other_turns(anna: Person) -> None:
    await anna.says("samordnare i Växjö")
    await anna.says("vad är en lägesbild?")
    await anna.says("vad heter den?")
    anna.does_not_hear("Länet har inte angett")
    await anna.says("har hon nåt telefonnummer?")
    anna.hears("Telefon till samordnaren för Kronobergs län")

    for said in ("hej", "tack", "hejdå"):
        await anna.says(said)
    await anna.says("har hon nåt telefonnummer?")
    anna.does_not_hear("Kronobergs län: 010")


async def test_without_a_contact_nobody_is_meant(anna: Person) -> None:
    await anna.says("har hon nåt telefonnummer?")

    anna.does_not_hear("Telefon till samordnaren")


ASKS_WHERE = "Vilken kommun arbetar du i?"


@pytest.mark.parametrize(
    "said",
    [
        "vem är det jag ska prata med på länsstyrelsen",
        "vem ska jag prata med om sånt här",
        "vem på länsstyrelsen kan hjälpa mig",
        "vilken handläggare ska jag höra av mig till",
        "hur hittar jag samordnaren för min kommun",
    ],
)
async def test_who_to_talk_with_leads_to_ones_own_coordinator(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.hears(ASKS_WHERE)
    await anna.says("Växjö")
    anna.hears("Länsstyrelsen i Kronobergs län")
    await anna.says(said)
    anna.hears("Länsstyrelsen i Kronobergs län")


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "said",
    [
        *("och i Malmö?", "Malmö då?", "vem är det i Malmö", "och Malmö"),
        *("min kollega jobbar i Malmö", "min chef är i Malmö"),
        *("vem är samordnare i Malmö?", "hon sitter i Malmö", "hur är det i Malmö?"),
    ],
)
async def test_another_place_is_shown_and_the_question_waits(anna: Person, said: str) -> None:
    await anna.says("min samordnare")
    anna.hears(ASKS_WHERE)
    await anna.says(said)
    anna.hears("Länsstyrelsen i Skåne län", "Skriv sedan namnet på kommunen där du själv arbetar.")
    anna.does_not_hear("Jag har noterat")
    await anna.says("Växjö")
    anna.hears("Jag har noterat att du arbetar i Växjö.")


@pytest.mark.parametrize("said", ["Malmö?", "”Malmö”"])
async def test_a_name_that_is_asked_or_quoted_is_asked_about(anna: Person, said: str) -> None:
    await anna.says("min samordnare")
    await anna.says(said)
    anna.hears("Menar du att du arbetar i Malmö kommun?")
    await anna.says("nej")
    await anna.says("min samordnare")
    anna.hears(ASKS_WHERE)


@pytest.mark.parametrize("said", ["inte Malmö", "inte i Malmö"])
async def test_where_somebody_does_not_work_is_no_question(anna: Person, said: str) -> None:
    await anna.says("min samordnare")
    await anna.says(said)
    anna.hears("Då vet jag var du inte arbetar.", ASKS_WHERE)
    await anna.says("hos oss i Lund")
    anna.hears("Jag har noterat att du arbetar i Lund.")
