"""What the officer's page and the answers about one's data say, tried as it is said."""

import gc
import socket
from collections.abc import Sequence
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jwt
import numpy as np
import pytest
from sqlalchemy import select

from knowledge.answers.articles.loader import load, shipped_content
from knowledge.answers.search.kept_vectors import KeptVectors
from knowledge.storage.conversations import REMEMBERED
from knowledge.trainings.attendance.models import attendance_history
from tests.conversations.test_after_training import NEXT_MORNING, looks_after
from tests.conversations.test_after_training import kerstin as kerstin
from tests.conversations.test_after_training import november as november
from tests.conversations.test_after_training import people as people
from tests.conversations.test_asking import answers, asks
from tests.conversations.test_own_data import announce, needles
from tests.support.builders import create_training
from tests.support.town import Person, Town
from tests.support.traces import traces_in

ADDRESS = "198.51.100.77"
QUESTION = "hur ofta ska vi uppdatera lägesbilden?"


async def test_the_operator_reads_all_that_is_stored(november: Town, kerstin: Person) -> None:
    """No column is encrypted: whoever has the database has it in clear."""
    anna = november.person("Anna Alm")
    await asks(kerstin)
    await anna.says("anmäl mig till Trygga torg på riktigt")
    await answers(anna, "vegetariskt", "Socialtjänsten")
    anna.hears("Du är anmäld")

    found = await traces_in(november.tryggve.database, "vegetariskt", "Anna Alm")
    assert {"signup_answers.answers", "people.name"} <= found


async def test_of_a_guest_nothing_is_kept_but_the_talk(tryggve: Town) -> None:
    guest = tryggve.person("Gustaf Gästman", guest=True)
    for words in ("vad kan du?", QUESTION, "samordnare i Lund", "mina uppgifter"):
        await guest.says(words)
    found = await traces_in(tryggve.tryggve.database, "Gustaf", guest.teams_id)

    assert {one.split(".")[0] for one in found} == {"conversations"}
    assert await traces_in(tryggve.tryggve.database, "Gustaf") == set()


async def test_a_question_that_names_somebody_is_nowhere(tryggve: Town, anna: Person) -> None:
    await anna.says("vår ordförande Jocke Q har blivit sjuk i leukemi")
    anna.hears("inget säkert svar")
    await anna.says("hjälp")

    assert await traces_in(tryggve.tryggve.database, "Jocke", "leukemi", "ordförande") == set()


async def test_the_talk_is_not_kept_but_for_the_latest(tryggve: Town, anna: Person) -> None:
    """What was written is gone with the next message, and an answer to a tap with the thirtieth."""
    await create_training(tryggve)
    await anna.says("samordnare i Sundbyberg")
    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    anna.hears("Du är anmäld")
    await anna.says("hjälp")
    await tryggve.tryggve.conversations.finish()
    assert await traces_in(tryggve.tryggve.database, "Sundbyberg") == set()
    assert await traces_in(tryggve.tryggve.database, "Du är anmäld") == {"conversations.seen"}

    for _ in range(REMEMBERED):
        await anna.says("hjälp")
    await tryggve.tryggve.conversations.finish()
    assert REMEMBERED == 30
    assert await traces_in(tryggve.tryggve.database, "Du är anmäld") == set()


async def test_a_process_forgets_all_but_the_latest_messages(tryggve: Town, anna: Person) -> None:
    """It forgets what 64 others have come after, and writes nothing of it to the database."""
    words = [f"mums{chr(97 + n // 26)}{chr(97 + n % 26)} hur ofta lägesbild" for n in range(66)]
    for said in words:
        await anna.says(said)
    await anna.says("utbildningar")
    long, of_words = remembered()

    assert words[-1] in long
    assert words[0] not in long
    assert "hur ofta lägesbild" not in of_words
    assert await traces_in(tryggve.tryggve.database, words[3]) <= {"open_questions.question"}


def remembered() -> tuple[str, str]:
    """What this process holds at this moment: in lists of at most 64, and in longer ones."""
    gc.unfreeze()  # what was there from the start is looked through as well
    ours = [
        one
        for one in gc.get_objects()
        if isinstance(one, _lru_cache_wrapper)
        and one.__module__.split(".")[0] in ("bot", "dialogs", "knowledge")
    ]
    held = {True: "", False: ""}
    for one in ours:
        if most := one.cache_info().maxsize:
            held[most <= 64] += str(gc.get_referents(one))
    return held[True], held[False]


async def test_a_team_that_is_called_after_somebody_is_called_so(
    tryggve: Town, anna: Person
) -> None:
    await tryggve.channel_is_added("Anna Alms kanal")
    found = await traces_in(tryggve.tryggve.database, "Anna Alms kanal")

    assert {one.split(".")[0] for one in found} <= {"channels", "team_channels"}
    assert found
    await anna.says("hjälp")
    await anna.says("radera mig")
    await anna.says("ja")
    await tryggve.tryggve.conversations.finish()
    assert await traces_in(tryggve.tryggve.database, "Anna Alms kanal") == found


async def test_published_words_and_templates_stay_when_who_is_named_is_erased(
    tryggve: Town, anna: Person
) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await announce(kerstin, "Fråga Anna Alm om handboken")
    await kerstin.says("spara som mall Anna Alms mall")
    await anna.says("hjälp")
    await anna.says("radera mig")
    await anna.says("ja")
    await tryggve.tryggve.conversations.finish()

    found = await traces_in(tryggve.tryggve.database, anna.name)
    assert "announcements.heading" in found
    assert {one.split(".")[0] for one in found} <= {"announcements", "announcement_templates"}


async def test_erasing_takes_no_message_out_of_teams(tryggve: Town, anna: Person) -> None:
    await anna.says("byt kommun till Växjö")
    before = len(anna.inbox())
    await anna.says("radera mig")
    await anna.says("ja")
    await tryggve.tryggve.conversations.finish()

    assert {one["kind"] for one in tryggve.teams.requests} <= {"post", "reply"}
    assert len(anna.inbox()) >= before + 2


async def test_what_is_asked_goes_to_teams_and_nowhere_else(
    tryggve: Town, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a model of somebody else's, nor the police, nor a buyer: no other is spoken to."""
    reached: set[Any] = set()
    connect = socket.socket.connect

    def noted(one: socket.socket, address: Any) -> None:
        reached.add(address)
        connect(one, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    for words in (QUESTION, "polisen misstänker någon i vårt råd", "utbildningar", "mina uppgifter",
                  "säljer ni mina uppgifter?", "hur lagar man pannkakor"):  # fmt: skip
        await anna.says(words)

    ports = {urlsplit(url).port for url in (tryggve.teams.url, tryggve.url)}
    assert reached
    assert {address[1] for address in reached} <= ports


async def test_an_answer_is_shown_as_it_stands_in_its_file(anna: Person) -> None:
    """No words are made while somebody waits: each sentence stands in `knowledge/content`."""
    for article in load(shipped_content()).articles[::12]:
        await anna.says(article.title)
        if "Menade du" in anna.words() or "inget säkert svar" in anna.words():
            continue
        said = " ".join(anna.words().split())
        assert " ".join(article.answer.split()) in said, article.id


async def test_no_address_is_written_down(
    tryggve: Town, anna: Person, caplog: pytest.LogCaptureFixture, capsys: Any
) -> None:
    caplog.set_level("INFO")
    activity = anna.activity({"type": "message", "text": QUESTION})
    headers = {"X-Forwarded-For": ADDRESS, "Forwarded": f"for={ADDRESS}", "X-Real-IP": ADDRESS}
    url = f"{tryggve.url}/api/messages"
    async with tryggve.http.post(url, json=activity, headers=headers) as response:
        assert response.status == 201
    async with tryggve.http.get(f"{tryggve.url}/integritet", headers=headers) as response:
        assert response.status == 200
    printed = capsys.readouterr()

    assert "turn" in caplog.text + printed.out + printed.err
    for place in (ADDRESS, "127.0.0.1"):
        assert place not in caplog.text + printed.out + printed.err
    assert await traces_in(tryggve.tryggve.database, ADDRESS) == set()


async def test_who_takes_the_app_away_keeps_what_is_stored(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve)
    await anna.installs()
    await anna.says("anmäl mig till Lägesbild i praktiken")
    await anna.uninstalls()

    assert "people.name" in await traces_in(tryggve.tryggve.database, anna.name)
    await anna.says("mina utbildningar")
    anna.hears("Lägesbild i praktiken", "Du har en plats")


async def test_what_was_attended_is_kept_with_who_marked_it_and_when(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    await looks_after(november, NEXT_MORNING)
    anna = people[0]
    await anna.says("mitt intyg")
    anna.hears("Intyg: Trygga torg på riktigt")
    await anna.says("mina uppgifter")
    url = urlsplit(anna.button("Hämta allt (fil)")["url"]).path
    async with november.http.get(november.url + url) as response:
        everything = await response.json()
    mine = everything["Anmälningar till utbildningar, inbjudningar och vem som ändrade dem"]

    assert mine["training_attendance"]
    assert {"meeting", "mark"} <= mine["training_attendance"][0].keys()
    assert mine["training_certificates"]
    assert "by_person_id" not in mine["training_attendance_history"][0]  # another person's
    async with november.tryggve.database.read() as tx:
        marked = (await tx.execute(select(attendance_history))).mappings().all()
    by = await november.tryggve.directory.find_person(kerstin.tenant, kerstin.object_id)
    assert by
    assert {(row["by_person_id"], bool(row["at"])) for row in marked} == {(by.id, True)}


async def test_a_link_to_ones_own_file_tells_nobodys_ids(tryggve: Town, anna: Person) -> None:
    await anna.says("mina uppgifter")
    token = urlsplit(anna.button("Hämta allt (fil)")["url"]).path.rsplit("/", 1)[-1]
    shown = str(jwt.decode(token.removesuffix(".json"), options={"verify_signature": False}))

    for needle in needles(anna):
        assert needle not in shown


class Model:
    """As many letters as a text has, instead of a model."""

    name = "letters"

    def questions(self, texts: Sequence[str]) -> Any:
        return np.array([[len(one)] for one in texts], dtype=np.float32)

    answers = questions


def test_the_vectors_on_disk_tell_of_nobody(tmp_path: Path) -> None:
    """Not what is asked, and of a base only numbers and checksums."""
    kept = KeptVectors(Model(), tmp_path)
    kept.questions(["hur lagar Anna Alm pannkakor"])
    assert [*tmp_path.iterdir()] == []

    kept.answers([f"Anna Alm svarar {number}" for number in range(9)])
    (file,) = tmp_path.iterdir()
    with np.load(file) as written:
        said = b"".join(part.tobytes() for part in written.values())
    assert said
    assert b"Anna" not in said
