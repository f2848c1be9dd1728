"""Who sees what somebody asks, and where somebody takes part: tried with every command there is."""

import tomllib
from importlib.resources import files

from tests.conversations.test_officers_questions import county as county
from tests.support.builders import create_training
from tests.support.town import Town


def every_command() -> list[str]:
    """One sentence for each command there is."""
    source = (files("dialogs") / "locales" / "sv" / "intents.toml").read_text("utf-8")
    return [one["says"][0] for one in tomllib.loads(source).values() if one["says"]]


async def test_neither_colleagues_nor_who_takes_part_see_who_else_does(tryggve: Town) -> None:
    """Whatever Bo says, who works where Anna does and takes part where she does."""
    await create_training(tryggve)
    anna, bo = tryggve.person("Anna Alm"), tryggve.person("Bo Berg")
    for one in (anna, bo):
        await one.says("byt kommun till Växjö")
        await one.says("anmäl mig till Lägesbild i praktiken")
        one.hears("Du är anmäld")
    asked = ("vem mer ska gå kursen?", "går Anna Alm på Lägesbild i praktiken?", "berätta mer om 1")
    said = [*asked, *every_command()]
    for words in said:
        await bo.says(words)
        bo.does_not_hear("Alm har")
        bo.does_not_hear("Alm,")
        if "Alm" not in words:
            bo.does_not_hear("Anna Alm")

    assert len(said) > 60


async def test_what_somebody_asks_is_shown_to_nobody_with_a_name(county: Town) -> None:
    """Neither to a manager in the same municipality, nor in another, nor to the county."""
    anna, bo = county.people["Anna Alm"], county.person("Bo Berg")
    await bo.says("byt kommun till Växjö")
    await anna.says("hur lagar man pannkakor till rådet")
    anna.hears("inget säkert svar")
    for words in every_command():
        for name in ("Bo Berg", "Alva Ask", "Kerstin Karlsson"):
            await county.people[name].says(words)
            county.people[name].does_not_hear("pannkakor")
            county.people[name].does_not_hear("Anna Alm")
