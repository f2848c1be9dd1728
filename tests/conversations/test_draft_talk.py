"""What is said freely of the announcement on the screen: done in a draft, asked about where it
waits, and never guessed."""

from datetime import UTC, datetime

import pytest

from tests.conversations.test_schedule import DUE, FORM, SHOWN, TIME, Office, office


async def _waits(here: Office) -> None:
    await here.writes(**TIME)
    await here.kerstin.taps("Schemalägg")


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("ändra rubriken till Frukost i rådhuset", ("Ändrat: rubriken.", "Frukost i rådhuset")),
        ("kan du byta rubrik till Frukost i rådhuset?", ("Frukost i rådhuset",)),
        ("rubriken ska vara ”Frukost i rådhuset”", ("Frukost i rådhuset",)),
        ("Ändra rubriken till Frukost i rådhuset", ("Ändrat: rubriken.", "Frukost i rådhuset")),
        ("Nej, andra titeln till Frukost i rådhuset", ("Frukost i rådhuset",)),
        ("byt ut texten till Kom i tid på torsdag.", ("Ändrat: texten.", "Kom i tid på torsdag.")),
        ("texten ska lyda: Kom i tid på torsdag.", ("Kom i tid på torsdag.",)),
        ("lägg till en rad: Ta med legitimation.", ("Läs den före mötet.", "Ta med legitimation.")),
        ("bara till Växjö", ("Ändrat: mottagarna.", "Mottagare: Växjö.")),
        ("skicka bara till Ljungby och Växjö tack", ("Mottagare: Ljungby och Växjö.",)),
        ("till Växjö och Ljungby", ("Mottagare: Växjö och Ljungby.",)),
        ("det ska endast gå till Växjö", ("Mottagare: Växjö.",)),
        ("jag vill att mottagarna ska vara Växjö", ("Mottagare: Växjö.",)),
        ("alla utom Alvesta", ("Mottagare: Lessebo, Ljungby",)),
        ("skicka även till personer", ("Ändrat: mottagarna.", "Når 1 kanal")),
        ("skicka det fredag 4 december kl 9", ("Ändrat: tiden.", "Skickas fredag 4 december 2026")),
        ("be om kvittens", ("Ändrat: kvittensen.", "Jag har läst")),
    ],
)
async def test_a_draft_becomes_what_is_said(
    sqlite_url: str, said: str, hears: tuple[str, ...]
) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(said)

        here.kerstin.hears("Så här ser utskicket ut", "Inget har skickats än.", *hears)
        assert here.posts == []


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("byt till Ljungby", "Mottagare: Ljungby."),
        ("Kan du byta till Ljungby och Växjö?", "Mottagare: Ljungby och Växjö."),
        ("byt kommun till Ljungby", "Menar du att du arbetar i Ljungby kommun?"),
        ("vi är i Ljungby", "Menar du att du arbetar i Ljungby kommun?"),
        ("jag arbetar i Ljungby", "Jag har noterat att du arbetar i Ljungby."),
    ],
)
async def test_a_place_beside_a_draft_is_where_it_goes_or_asked_about(
    sqlite_url: str, said: str, hears: str
) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(said)
        here.kerstin.hears(hears)
        await here.kerstin.says("nej")
        await here.kerstin.says("mina utskick")
        await here.kerstin.says("min kommun")

        here.kerstin.hears("Du arbetar i Ljungby" if "arbetar" in said else "Vilken kommun")


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("bara till Växjö och Hittepåstad", "Skriv till exempel ”Till: Växjö, Alvesta”"),
        ("bara till chefer i Växjö", "Skriv till exempel ”Till: Växjö, Alvesta”"),
        ("ta bort Kalmar", "Skriv till exempel ”Till: Växjö, Alvesta”"),
        ("skjut upp det", "Skriv till exempel ”Skicka: fredag kl 9”"),
        ("flytta det till när det passar", "Skriv till exempel ”Skicka: fredag kl 9”"),
        ("lägg till en bild", "Skriv ”Bild: https://…”"),
        ("lägg till en länk", "Skriv ”Länk: https://…”"),
        ("bifoga kursen om trollkonst", "Skriv ”Bifoga: …”"),
        ("ändra inte rubriken", "”Rubrik: …”"),
    ],
)
async def test_what_is_not_surely_understood_changes_nothing(
    sqlite_url: str, said: str, hears: str
) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(said)
        here.kerstin.hears(hears)

        await here.kerstin.says("vem får det?")
        here.kerstin.hears("Utskicket är till Kronobergs län")
        await here.kerstin.says("skicka till mig själv")
        here.kerstin.hears(FORM["heading"], "Läs den före mötet.")
        assert here.posts == []


@pytest.mark.parametrize(
    "said",
    [
        "vem får det?",
        "hur många får det",
        "vilka kommuner når det",
        "visa mottagarna",
        "kan jag se vilka som får det?",
    ],
)
async def test_whom_a_draft_reaches_is_told_and_it_can_still_be_sent(
    sqlite_url: str, said: str
) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(said)
        here.kerstin.hears("Utskicket är till Kronobergs län", "Når 1 kanal och 0 personer")
        await here.kerstin.says("skicka")

        await here.tryggve.until(lambda: len(here.posts) == 1)


async def test_what_is_added_and_taken_away_builds_on_what_was(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says("bara till Växjö")
        await here.kerstin.says("lägg till Alvesta också")
        here.kerstin.hears("Mottagare: Växjö och Alvesta.")
        await here.kerstin.says("ta bort Växjö")
        here.kerstin.hears("Mottagare: Alvesta.")
        await here.kerstin.says("jag vill ändra")

        here.kerstin.hears("Förhandsgranska")


@pytest.mark.parametrize("said", ["ta bort det", "släng det", "radera utkastet", "kasta utkastet"])
async def test_a_draft_is_thrown_away_when_that_is_answered_with_yes(
    sqlite_url: str, said: str
) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(said)
        here.kerstin.hears("Vill du ta bort utkastet ”Ny handbok om lägesbilder”?")
        await here.kerstin.says("ja")

        here.kerstin.hears("Utkastet är borttaget")


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("flytta det till tisdag 8 december kl 9", "tisdag 8 december 2026 kl. 09.00"),
        ("skjut upp utskicket en timme", "tisdag 1 december 2026 kl. 09.30"),
        ("skicka det en halvtimme tidigare", "tisdag 1 december 2026 kl. 08.00"),
        ("vänta med det till torsdag 3 december", "torsdag 3 december 2026 kl. 08.30"),
        ("vänta, flytta det till kl 13", "tisdag 1 december 2026 kl. 13.00"),
        ("senarelägg det med två dagar", "torsdag 3 december 2026 kl. 08.30"),
        ("skicka det på fredag istället", "fredag 27 november 2026 kl. 08.30"),
        ("kan du skicka det kl 13 i stället?", "tisdag 1 december 2026 kl. 13.00"),
        ("ändra tiden till onsdag 2 december kl 10", "onsdag 2 december 2026 kl. 10.00"),
        ("det ska gå på måndag kl 7 i stället", "måndag 23 november 2026 kl. 07.00"),
    ],
)
async def test_another_time_is_asked_about_and_kept_with_a_yes(
    sqlite_url: str, said: str, then: str
) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.says(said)
        here.kerstin.hears("Ska jag flytta utskicket ”Ny handbok om lägesbilder”", then, SHOWN)
        await here.kerstin.says("mina utskick")
        here.kerstin.hears(f"Skickas {SHOWN}")

        await here.kerstin.says("1")
        await here.kerstin.says(said)
        await here.kerstin.says("ja")
        here.kerstin.hears("är schemalagt", f"Skickas {then}.")
        assert here.posts == []


@pytest.mark.both_databases
async def test_it_leaves_at_the_new_time_and_not_at_the_old(database_url: str) -> None:
    async with office(database_url) as here:
        await _waits(here)
        await here.kerstin.says("flytta det till onsdag 2 december kl 9")
        await here.kerstin.taps("Ja, ändra")
        await here.comes(DUE)
        assert here.posts == []

        await here.comes(datetime(2026, 12, 2, 8, tzinfo=UTC))
        await here.tryggve.until(lambda: len(here.posts) == 1)


@pytest.mark.parametrize("answer", ["nej", "vänta", "hjälp", "kanske"])
async def test_without_a_yes_it_leaves_as_was_agreed(sqlite_url: str, answer: str) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.says("flytta det till onsdag 2 december kl 9")
        await here.kerstin.says(answer)
        await here.comes(DUE)

        await here.tryggve.until(lambda: len(here.posts) == 1)


@pytest.mark.parametrize(
    "said",
    ["flytta det till nån gång i vår", "skjut upp det", "flytta det till igår",
     "flytta det till den 31 november", "ändra tiden"],
)  # fmt: skip
async def test_a_time_that_cannot_be_read_leaves_the_old_one(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.says(said)
        here.kerstin.hears(f"Utskicket går fortfarande {SHOWN}.")
        await here.comes(DUE)

        await here.tryggve.until(lambda: len(here.posts) == 1)


@pytest.mark.parametrize(
    "said",
    ["flytta inte på det", "ska jag flytta det till fredag?", "chefen sa flytta det till fredag",
     "flytta mötet till fredag", "vad händer om jag flyttar det till fredag"],
)  # fmt: skip
async def test_what_is_no_wish_is_not_asked_about_either(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.says(said)
        here.kerstin.does_not_hear("Ska jag flytta")
        await here.kerstin.says("ja")
        await here.comes(DUE)

        await here.tryggve.until(lambda: len(here.posts) == 1)


async def test_other_words_in_what_waits_are_shown_and_asked_about(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.says("ändra rubriken till Handboken är här")
        here.kerstin.hears("Ska jag ändra rubriken i utskicket ”Ny handbok om lägesbilder”?")
        here.kerstin.hears("Handboken är här", SHOWN)
        yes = here.kerstin.button("Ja, ändra")
        await here.kerstin.taps("Nej, låt det vara")
        here.kerstin.hears("”Ny handbok om lägesbilder” är schemalagt")
        await here.kerstin.taps_action(yes)
        await here.comes(DUE)

        await here.tryggve.until(lambda: len(here.posts) == 1)
        assert "Ny handbok om lägesbilder" in str(here.posts)


async def test_a_yes_changes_nothing_that_a_colleague_has_changed_meanwhile(
    sqlite_url: str,
) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.says("flytta det till onsdag 2 december kl 9")
        tryggve = here.tryggve.tryggve
        author = await tryggve.directory.find_person(here.kerstin.tenant, here.kerstin.object_id)
        await tryggve.announcements.sending.take_back(author, 1)
        await here.kerstin.says("ja")
        here.kerstin.hears("Utskicket har ändrats sedan jag frågade")
        await here.comes(datetime(2026, 12, 2, 8, tzinfo=UTC))

        assert here.posts == []


async def test_a_large_one_moved_in_time_is_seen_by_two_again(sqlite_url: str) -> None:
    async with office(sqlite_url, approval_from=1) as here:
        karin = await here.tryggve.coordinator("Karin Lind", "07")
        await karin.installs()
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await karin.is_told("Kerstin Karlsson vill skicka")
        await karin.taps("Godkänn")
        await here.kerstin.says("mina utskick")
        await here.kerstin.says("1")
        await here.kerstin.says("flytta det till onsdag 2 december kl 9")
        await here.kerstin.says("ja")
        here.kerstin.hears("väntar på godkännande")
        await here.comes(datetime(2026, 12, 2, 8, tzinfo=UTC))

        assert here.posts == []


@pytest.mark.parametrize("between", ["utbildningar", "vad är en lägesbild?", "avbryt", "hjälp"])
async def test_it_is_still_meant_after_another_matter_when_it_is_named(
    sqlite_url: str, between: str
) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.says(between)
        await here.kerstin.says("skjut upp utskicket en timme")
        here.kerstin.hears("Ska jag flytta", "tisdag 1 december 2026 kl. 09.30")
        await here.kerstin.says("ja")

        here.kerstin.hears("är schemalagt", "kl. 09.30")


async def test_what_others_say_changes_nobodys_announcement(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        for name, county in (("Anna Alm", ""), ("Karin Lind", "08")):
            other = here.tryggve.person(name)
            if county:
                other = await here.tryggve.coordinator(name, county)
            for said in ("flytta utskicket till fredag kl 9", "ändra rubriken till Något annat"):
                await other.says(said)
                other.does_not_hear("Ska jag")
        await here.comes(DUE)

        await here.tryggve.until(lambda: len(here.posts) == 1)


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("skicka det nu", "Ska jag skicka utskicket nu?"),
        ("skicka det inte på fredag", f"Utskicket går fortfarande {SHOWN}."),
        ("när går utskicket?", f"Utskicket går {SHOWN}."),
    ],
)
async def test_what_is_said_of_the_time_of_what_waits(
    sqlite_url: str, said: str, hears: str
) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.says(said)

        here.kerstin.hears(hears)
        assert here.posts == []


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("visa listan över vilka som läst", "Kvittenser – Ny handbok"),
        ("vilka har läst det?", "Kvittenser – Ny handbok"),
        ("visa vilka som fick det", "Levererade – Ny handbok"),
        ("påminn dem som inte läst", "Ska jag påminna dem som inte har kvitterat?"),
        ("ta bort det", "Vill du dra tillbaka utskicket ”Ny handbok om lägesbilder”?"),
    ],
)
async def test_what_is_said_of_one_that_has_been_sent(
    sqlite_url: str, said: str, hears: str
) -> None:
    async with office(sqlite_url) as here:
        await here.writes(acknowledge="true")
        await here.kerstin.says("skicka")
        await here.tryggve.until(lambda: len(here.posts) == 1)
        await here.kerstin.says(said)

        here.kerstin.hears(hears)
