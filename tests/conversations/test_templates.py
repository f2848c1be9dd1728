"""Templates: saved from a draft or from what was sent, shared in the county, used and deleted."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from knowledge.directory.models import NATIONAL
from tests.support.town import TENANT, Person, Town, town

FORM = {"heading": "Inbjudan till träff", "text": "Välkommen till träffen i mars."}


@asynccontextmanager
async def written(database_url: str) -> AsyncIterator[tuple[Town, Person]]:
    """Kerstin looks at the preview of an invitation."""
    async with town(database_url, tenants={TENANT: "0780"}) as tryggve:
        await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.taps("Förhandsgranska", **FORM)
        yield tryggve, kerstin


async def test_a_colleague_begins_from_a_template(database_url: str) -> None:
    async with written(database_url) as (tryggve, kerstin):
        await kerstin.taps("Spara som mall")
        kerstin.hears("Mallen ”Inbjudan till träff” är sparad för alla samordnare i länet")
        karin = await tryggve.coordinator("Karin Lind", "07")
        await karin.says("mallar")
        karin.hears("Inbjudan till träff", "Kronobergs län")
        await karin.taps("Använd 1")
        await karin.taps("Förhandsgranska")
        karin.hears("Så här ser utskicket ut", "Välkommen till träffen i mars.")
        await karin.says("mina utskick")
        karin.hears("Inbjudan till träff", "Utkast")


async def test_it_all_works_typed(database_url: str) -> None:
    async with written(database_url) as (_, kerstin):
        await kerstin.says("spara som mall")
        kerstin.hears("är sparad")
        await kerstin.says("mallar")
        await kerstin.says("den där")
        kerstin.hears("Vilken mall menar du?")
        await kerstin.says("använd 1")
        await kerstin.says("Rubrik: Inbjudan till höstens träff")
        kerstin.hears("Så här ser utskicket ut", "höstens träff", "Välkommen till träffen")
        await kerstin.says("mallar")
        await kerstin.says("ta bort 1")
        kerstin.hears("Vill du ta bort mallen ”Inbjudan till träff”?")
        await kerstin.says("nej")
        kerstin.hears("Inbjudan till träff")
        await kerstin.says("ta bort 1")
        await kerstin.says("vet inte")
        kerstin.hears("Svara ”ja”")
        await kerstin.says("ja")
        kerstin.hears("är borttagen")
        await kerstin.says("mallar")
        kerstin.hears("Länet har inga mallar än")
        await kerstin.says("logg utskick")
        kerstin.hears(
            "Kerstin Karlsson sparade utskicket ”Inbjudan till träff” som mall.",
            "Kerstin Karlsson raderade en mall för utskick i Kronobergs län.",
        )


async def test_what_was_sent_becomes_a_template(database_url: str) -> None:
    async with written(database_url) as (_, kerstin):
        await kerstin.says("skicka")
        await kerstin.says("spara som mall")
        kerstin.hears("Mallen ”Inbjudan till träff” är sparad")


async def test_one_is_deleted_after_a_question(database_url: str) -> None:
    async with written(database_url) as (_, kerstin):
        await kerstin.taps("Spara som mall")
        await kerstin.says("mallar")
        use, delete = kerstin.button("Använd 1"), kerstin.button("Ta bort 1")
        await kerstin.taps_action(delete)
        await kerstin.taps("Nej, behåll")
        kerstin.hears("Mallar")
        await kerstin.taps("Ta bort 1")
        await kerstin.taps("Ja, ta bort")
        kerstin.hears("är borttagen")
        for action in (use, delete):
            await kerstin.taps_action(action)
            kerstin.hears("Den mallen finns inte längre")


async def test_another_county_and_others_get_nothing(database_url: str) -> None:
    async with written(database_url) as (tryggve, kerstin):
        save = kerstin.button("Spara som mall")
        await kerstin.taps_action(save)
        await kerstin.says("mallar")
        use, delete = kerstin.button("Använd 1"), kerstin.button("Ta bort 1")
        hans = await tryggve.coordinator("Hans Hall", "13")
        await hans.says("mallar")
        hans.hears("Länet har inga mallar än")
        anna = tryggve.person("Anna Alm")
        await anna.says("mallar")
        anna.hears("Utskick kan bara regionala samordnare")
        for person, said in ((hans, "Den mallen finns inte längre"), (anna, "Utskick kan bara")):
            for action in (use, delete):
                await person.taps_action(action)
                person.hears(said)
        await hans.taps_action(save)
        hans.hears("Det utskicket hittar jag inte")


async def test_a_full_county_says_so(database_url: str) -> None:
    async with written(database_url) as (_, kerstin):
        for number in range(13):
            await kerstin.says("nytt utskick")
            await kerstin.taps("Förhandsgranska", **{**FORM, "heading": f"Mall {number}"})
            await kerstin.taps("Spara som mall")

        kerstin.hears("Länet har redan 12 mallar")


async def test_a_national_coordinator_says_where_a_template_goes(database_url: str) -> None:
    async with written(database_url) as (tryggve, kerstin):
        await kerstin.taps("Spara som mall")
        nils = await tryggve.coordinator("Nils Nord", NATIONAL)
        await nils.says("mallar")
        await nils.taps("Använd 1")
        await nils.taps("Förhandsgranska")
        nils.hears("Välj minst en kommun eller ett län", "Inbjudan till träff")
        await nils.says("Till: Växjö")
        nils.hears("Så här ser utskicket ut", "Välkommen till träffen i mars.", "Når 1 kanal")


@pytest.mark.both_databases
async def test_templates_of_two_counties_are_leafed_through(database_url: str) -> None:
    async with written(database_url) as (tryggve, kerstin):
        await tryggve.coordinator("Kerstin Karlsson", "08")
        for number in range(1, 8):
            await kerstin.says("nytt utskick")
            await kerstin.taps("Förhandsgranska", **{**FORM, "heading": f"Träff {number}"})
            await kerstin.says("spara som mall")
        await kerstin.says("mallar")
        kerstin.hears("1 – Träff 7", "5 – Träff 3", "Visar 1–5 av 7.", "Använd 5")
        await kerstin.says("fler")
        kerstin.hears("6 – Träff 2", "7 – Träff 1", "Visar 6–7 av 7.", "”använd 6”")
        await kerstin.says("visa alla")
        kerstin.hears("1 – Träff 7", "7 – Träff 1")
        await kerstin.says("använd 7")
        await kerstin.taps("Förhandsgranska")
        kerstin.hears("Så här ser utskicket ut", "Träff 1")
