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
