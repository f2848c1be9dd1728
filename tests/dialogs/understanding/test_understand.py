"""The rule: exact is done, understood is shown or asked about, and what is no wish never acts."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.commands.checkout import QUESTIONS
from dialogs.conversation.texts import text
from knowledge.answers.evaluation.suites import read_questions
from tests.dialogs.understanding.generated import acting, sentences
from tests.dialogs.understanding.readers import reader, told

ORDINARY = tomllib.loads((Path(__file__).parent / "ordinary.toml").read_text("utf-8"))["lines"]
ONE_IN = 14


@pytest.mark.parametrize(
    ("said", "context", "command"),
    [
        ("Skicka nu!", "announcement", "send_now"),
        ("hej tryggve, kan du skicka nu tack", "announcement", "send_now"),
        ("Påminn dem", "announcement", "remind"),
        ("anmäl mig till 2", "list", "sign_up"),
        ("Anmäl mig till lagen på en förmiddag", "list", "sign_up"),
        ("byt kommun till Växjö", "", "change_municipality"),
        ("byt kommun till vaxjo", "", "change_municipality"),
        ("Jag har läst det.", "announcement", "acknowledge"),
        ("inga fler utskick tack", "", "mute"),
    ],
)
def test_an_exact_sentence_about_what_is_shown_is_done(
    said: str, context: str, command: str
) -> None:
    assert told(said, context)["does"] == command


@pytest.mark.parametrize(
    ("said", "context", "command"),
    [
        ("skicka nu", "", "send_now"),
        ("anmäl mig till 2", "", "sign_up"),
        ("skicka nu?", "announcement", None),
        ("byt kommun till Kungsbakca", "", "change_municipality"),
    ],
)
def test_about_something_else_it_is_not_done(said: str, context: str, command: str | None) -> None:
    here = told(said, context)

    assert (here["does"], here["asks"]) == (None, command)


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("vi skulle behöva hitta en kurs om sekretess", "trainings"),
        ("vem ska vi vända oss till på länsstyrelsen i Kalmar", "coordinator"),
        ("visa allt jag har bokat mig på", "my_trainings"),
        ("jag behöver skriva något till kommunerna", "announce"),
        ("any trainings in Malmö next month?", "trainings"),
        ("finns det felanmälningar att titta på", "reports"),
        ("lägg upp en ny kurs i maj", "new_training"),
    ],
)
def test_what_only_shows_is_shown_when_it_is_understood(said: str, command: str) -> None:
    here = told(said)

    assert (here["does"], here["effect"]) == (command, "none")


@pytest.mark.parametrize(
    ("said", "context", "command"),
    [
        ("jag skulle gärna vilja vara med på nummer 3", "list", "sign_up"),
        ("tyvärr måste jag hoppa av kursen i maj", "", "withdraw"),
        ("nu kan du väl skicka ut det till kommunerna", "announcement", "send_now"),
        ("peta lite på alla som inte har läst", "announcement", "remind"),
        ("det blev fel, stoppa utskicket", "announcement", "stop_announcement"),
        ("glöm inte att skicka en påminnelse", "announcement", "remind"),
        ("jag vill inte ha veckorapport", "", "scatter"),
        ("jag kan tyvärr inte komma", "", "withdraw"),
        ("jag har bytt jobb till Lunds kommun", "", "change_municipality"),
        ("ettan, nej vänta, anmäl mig till tvåan", "list", "sign_up"),
        ("den andra, tack", "list", "sign_up"),
        ("ångrar mig, jag vill visst ha utskicken", "", "unmute"),
        ("det var ingen fara, fortsätt skicka ut det", "announcement", "resume_announcement"),
        ("ta bort utskicket så att ingen läser det", "announcement", "withdraw_announcement"),
        ("Var så god och skicka det till kommunerna nu", "announcement", "send_now"),
        ("nä det där är en gammal siffra", "answer", "wrong"),
        ("lägg till temat ordning på stan", "", "follow"),
        ("prenumerera på våld på krogn", "", "follow"),
        ("jag vill inte följa temat längre", "", "unfollow"),
    ],
)
def test_what_changes_something_is_asked_about(said: str, context: str, command: str) -> None:
    here = told(said, context)

    assert (here["does"], here["asks"]) == (None, command)


@pytest.mark.parametrize(
    ("said", "context", "command"),
    [
        ("stryk tvåan, det är för få anmälda", "list", "cancel_training"),
        (
            "Vi har fått en kanal för säkerhetsfrågor nu, och det mesta hamnar fel. Hur ställer "
            "jag in det?",
            "",
            "choose_channel",
        ),
    ],
)
def test_a_part_is_read_in_the_light_of_the_others(said: str, context: str, command: str) -> None:
    here = told(said, context)

    assert command == (here["does"] or here["offers"][0])


def test_who_asks_how_is_told_how_before_any_article() -> None:
    here = told("kan man rätta ett stavfel?", "announcement")

    assert (here["about"], here["offers"][0]) == ("correct_announcement", "correct_announcement")


@pytest.mark.parametrize(
    ("said", "context", "why"),
    [
        ("avbryt inte utskicket", "announcement", "negated"),
        ("skicka inte än", "announcement", "negated"),
        ("påminn dem inte", "announcement", "negated"),
        ("slå inte av utskicken", "", "negated"),
        ("påminn dem inte förrän på fredag", "announcement", "postponed"),
        ("skicka först på onsdag", "announcement", "postponed"),
        ("kan du slå av utskicken för vår receptionist", "", "other"),
        ("boka mig på trean, äsch strunta i det", "list", "correction"),
        ("jag är född i Ystad", "", "state"),
        ("vänta med att skicka", "announcement", "postponed"),
        ("kan man skicka nu?", "announcement", "asked"),
        ("hur drar man tillbaka ett utskick?", "announcement", "asked"),
        ("om ingen svarar så påminn dem", "announcement", "conditional"),
        ("jag anmälde mig igår", "list", "past"),
        ("chefen skrev: skicka nu", "announcement", "reported"),
        ("hon vill avanmäla sig från kursen", "", "reported"),
        ("tack för att du skickade påminnelsen", "announcement", "state"),
    ],
)
def test_what_is_no_plain_wish_is_never_acted_on(said: str, context: str, why: str) -> None:
    here = told(said, context)

    assert (here["does"], here["asks"], here["why"]) == (None, None, why)


def test_no_generated_sentence_acts() -> None:
    """A sample; `make evaluate` tries all of them."""
    some = [one for number, one in enumerate(sentences()) if number % ONE_IN == 0]

    assert len(some) >= 1_490
    assert acting(some) == []


def test_there_are_twenty_thousand_of_them() -> None:
    assert sum(1 for _ in sentences()) >= 20_000


@pytest.mark.parametrize("context", ["", "list", "announcement", "answer"])
def test_an_ordinary_sentence_that_begins_like_a_command_does_nothing(context: str) -> None:
    heard = [told(said, context) for said in ORDINARY.strip().splitlines()]

    assert [one for one in heard if one["does"] and one["effect"] != "none"] == []
    assert sum(bool(one["asks"]) for one in heard) <= len(heard) / 25


@pytest.mark.parametrize(
    ("said", "context", "slots"),
    [
        ("kurser i Lund och Malmö nästa vecka",
         "", {"place": ["Lund", "Malmö"], "from": "2026-11-30", "to": "2026-12-07"}),
        ("inte Lund utan Malmö", "", {"place": ["Malmö"]}),
        ("något digitalt om lägesbild i vår",
         "", {"online": True, "theme": "lägesbild", "from": "2027-03-01"}),
        ("kurser på plats med lediga platser", "", {"online": False, "free": True}),
        ("anmäl mig till 1 och 3", "list", {"which": [1, 3]}),
        ("jag tar den sista", "list", {"which": "last"}),
        ("den andra passar mig", "list", {"which": 2}),
        ("anmäl mig till lagen på en förmiddag", "list", {"which": 1}),
        ("ettan, nej vänta, anmäl mig till tvåan", "list", {"which": 2}),
        ("jag är numera ordförande i kommunstyrelsen", "", {"which": "politiker"}),
        ("vilka har inte kvitterat", "announcement", {"list": "not_acknowledged"}),
        ("visa de misslyckade", "announcement", {"list": "not_got"}),
        ("följ avhopparverksamhet", "", {"theme": "avhopparverksamhet"}),
    ],
)  # fmt: skip
def test_what_is_said_of_a_wish_is_taken_out(
    said: str, context: str, slots: dict[str, Any]
) -> None:
    here = told(said, context)["slots"]

    assert {name: here[name] for name in slots} == slots


@pytest.mark.parametrize("said", ["", " ", "?!", "🙂", "a" * 5000, "nej " * 800, "“", "\x00"])
def test_whatever_is_said_it_does_not_break(said: str) -> None:
    assert told(said)["does"] in (None, "cancel")


def test_a_sure_answer_is_not_taken_for_a_wish() -> None:
    for question in ("Hur ofta ska lägesbilden uppdateras?", "vad säger 9 §", "vad betyder SSPF"):
        assert told(question)["why"] == "question", question


def test_questions_keep_their_answers() -> None:
    """The wishes share a door with the questions, and may not push them away."""
    asked = read_questions(QUESTIONS)[::8]
    heard = [told(one.question) for one in asked]

    assert sum(bool(one["does"] or one["asks"]) for one in heard) <= len(asked) * 0.02


def test_words_for_people_say_the_same() -> None:
    assert text("commands.understand_does", command="help", why="exact")
    assert reader().read("hjälp", "")["does"] == "help"


@pytest.mark.parametrize(
    ("said", "context", "asked"),
    [
        ("Vår lokal gick inte att få. Rätta utskicket.", "announcement", "correct_announcement"),
        ("Jag har feber så jag kan inte komma på fredag", "", "withdraw"),
        ("Nu är det läst och spritt i huset", "announcement", "acknowledge"),
        ("Jag slutade i maj och vill slippa utskicken", "", "mute"),
        ("pausa sändningen tills vidare", "announcement", "pause_announcement"),
    ],
)
def test_a_story_before_a_wish_does_not_hide_it(said: str, context: str, asked: str) -> None:
    assert told(said, context)["asks"] == asked


@pytest.mark.parametrize(
    "said",
    [
        "Det ska inte ut i dag. Skicka det inte.",
        "Stäng av inte utskicken",
        "Hon är sjuk och vill avboka",
        "Jag är inte rektor",
    ],
)
def test_what_is_denied_or_wished_by_another_is_not_asked_about(said: str) -> None:
    assert not told(said, "announcement")["asks"]


@pytest.mark.parametrize("said", ["utb i trygghet nära Kalmar", "lägesbildskurs vecka 10"])
def test_a_training_with_a_time_or_a_place_is_looked_for(said: str) -> None:
    assert told(said, "")["does"] == "trainings"


@pytest.mark.parametrize(
    "said", ["hur många deltagare ska ett råd ha", "vilka deltar i SSPF", "vem deltar i rådet"]
)
def test_who_sits_in_a_council_is_no_question_about_a_training(said: str) -> None:
    assert told(said, "")["does"] is None


@pytest.mark.parametrize(
    "said",
    ["hur många har anmält sig till lägesbildskursen", "vilka kommer på kursen om SSPF",
     "vilka står i kö till den om sekretess"],
)  # fmt: skip
def test_who_takes_part_in_a_training_is_shown(said: str) -> None:
    assert told(said, "")["does"] == "participants"
