"""The registry of all cards: each as it looks on an ordinary day, and on the worst one.

    for name, build in cards().items():
        reply = build()

Every entry is a call of a real function in `dialogs/`, kept as a `partial` so that a test
can tell which functions are missing here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from typing import Any

from dialogs.announcements.cards import audience, outcome, post, preview, recipients, templates
from dialogs.announcements.cards import form as form_cards
from dialogs.announcements.cards import status as sent_announcements
from dialogs.announcements.cards import waiting as waiting_announcements
from dialogs.announcements.facts import Facts
from dialogs.announcements.offered import MOST_TRAININGS, Offered
from dialogs.answers import cards as answers
from dialogs.channels import cards as channels
from dialogs.conversation import card_parts, welcome_cards
from dialogs.conversation.talk import Reply, Speaker
from dialogs.conversation.texts import text
from dialogs.digests import cards as digests
from dialogs.directory import cards as directory
from dialogs.enquiries import cards as enquiries
from dialogs.recipients import cards as choices
from dialogs.trainings import cards as trainings
from knowledge.announcements.audience import Audience, TrainingPart
from knowledge.announcements.models import Announcement, AnnouncementStatus, Draft
from knowledge.announcements.reach import LeftOut, Missed, Reach
from knowledge.announcements.wording import News
from knowledge.announcements.words import (
    HEADING,
    LONGEST_ALT,
    LONGEST_LINK,
    LONGEST_LINK_TITLE,
    TEXT,
    Words,
)
from knowledge.answers.articles.loader import load, shipped_content
from knowledge.answers.models import Article, Base, Match
from knowledge.channels.models import Away, Channel, TeamChannel
from knowledge.delivery.models import Status
from knowledge.delivery.waiting import TOO_OLD
from knowledge.digests.models import Digest, Gathered
from knowledge.directory.models import County, Position
from knowledge.directory.places import load_places
from knowledge.enquiries.models import Enquiry, Subject
from knowledge.enquiries.service import LONGEST
from knowledge.follow_up.models import (
    Acknowledgements,
    Group,
    InMunicipality,
    Page,
    Recipient,
    Report,
)
from knowledge.recipients.models import Choices
from knowledge.templates.models import MOST, Template
from knowledge.trainings.models import Signup, SignupStatus, Training, TrainingStatus
from tests.support.alarm_cards import alarm_cards

Card = tuple[str, partial[Reply]]

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PICTURE = "https://tryggve.example.se/utskick/x/utfall.png"
CALENDAR = "https://tryggve.example.se/kalender/9b1f6d3c2a7e48f0b5d4c3a2918f7e6d.ics"

HOSTILE = (
    "[logga in](http://evil.example) **nu** <at>Chef</at> {{DATE(2026-01-01T00:00:00Z,SHORT)}}"
    " `kod` <script>alert(1)</script> \u202ebakvänt\u202c # 1. |tabell| ![bild](http://evil.example)"
)
LONG_WORD = "Brottsförebyggandesamordningsfunktionsöverenskommelse" * 4
WORDY = " ".join(["Exempel: Fördjupningsutbildning i brottsförebyggande samordning"] * 3)
NUMBERED = "1. Ny handbok"
MOMENTS = ("unread", "time", "day", "missing", "past", "far")


def cards() -> dict[str, partial[Reply]]:
    """Every card by name: `<rooms>.<function>: <case>`."""
    found: dict[str, partial[Reply]] = {}
    for name, build in _all():
        assert name not in found, f"two cards are called {name}"
        found[name] = build
    return found


def whole_base() -> Iterator[tuple[str, Reply]]:
    """The answer to every question in the base, what it says when asked for more, every term."""
    for article in base().articles:
        yield f"article {article.id}", _answer(article, has_training=True)()
        if article.more:
            yield f"more {article.id}", answers.more(article)
    for term in base().terms:
        yield f"term {term.name}", answers.term(term, "term:x")


@cache
def base() -> Base:
    """The shipped articles and terms."""
    return load(shipped_content())


def _all() -> Iterator[Card]:
    yield from _welcomes()
    yield from _answers()
    yield from _choices()
    yield from _contacts()
    yield from _trainings()
    yield from _signups()
    yield from _forms()
    yield from _posts()
    yield from _waiting()
    yield from _templates()
    yield from _sent()
    yield from _personal_choices()
    yield from _digests()
    yield from _enquiries()
    yield from _reports()
    yield from alarm_cards({"long": WORDY, "hostile": HOSTILE, "one word": LONG_WORD})
    yield from _channels()


def _card(function: Callable[..., Reply], case: str, *about: Any, **more: Any) -> Card:
    rooms = [room for room in function.__module__.split(".")[1:] if room != "cards"]
    name = ".".join([*rooms, function.__name__])
    return f"{name}: {case}", partial(function, *about, **more)


def _welcomes() -> Iterator[Card]:
    karin = Speaker("tenant", "object", "29:karin", "Karin Kanal")
    yield _card(welcome_cards.personal, "first meeting")
    yield _card(welcome_cards.shared, "with a mention", karin)
    yield _card(
        welcome_cards.shared, "by a guest", replace(karin, object_id="", teams_id="", name="")
    )
    yield _card(welcome_cards.shared, "hostile name", replace(karin, name=HOSTILE))
    yield _card(welcome_cards.shared, "long name", replace(karin, name=LONG_WORD))
    for place in ("Trygghetsgruppen", LONG_WORD):
        line = text("conversation.origin", place=place)
        yield _card(card_parts.with_first_line, f"from {place}", _longest_answer()(), line)
    left = text("announcements.write.left_saved")
    yield _card(card_parts.with_first_line, "left draft", welcome_cards.personal(), left)


def _answers() -> Iterator[Card]:
    articles = base().articles
    plain = next(one for one in articles if one.sources and one.more and one.related)
    yield _card(answers.answer, "alone", plain, today=TODAY)
    yield _named("with ways on", _answer(plain, has_training=True))
    yield _named("misspelt", _answer(plain, read_as="hur ofta ska vi uppdatera lägesbilden"))
    yield _named("hostile question", _answer(plain, read_as=HOSTILE))
    yield _named("long question", _answer(plain, read_as=LONG_WORD))
    yield _named("longest", _longest_answer())
    most = max(articles, key=lambda one: sum(len(source.title) for source in one.sources[:3]))
    yield _named("longest sources", _answer(most))
    yield _named("longest title", _answer(max(articles, key=lambda one: len(one.title))))
    yield _named("longest word", _answer(max(articles, key=_longest_word)))
    yield _named("unknown to the law", _answer(next(one for one in articles if not one.known)))
    yield _named("without a source", _answer(replace(plain, sources=())))
    unlinked = tuple(replace(one, url="") for one in plain.sources)
    yield _named("source without link", _answer(replace(plain, sources=unlinked)))
    yield _named("overdue", _answer(plain, today=plain.review_by + timedelta(days=1)))
    yield _card(answers.more, "longest", max(articles, key=lambda one: len(one.more)))
    terms = base().terms
    yield _card(answers.term, "everyday", terms[0], "term:x")
    yield _card(answers.term, "longest", max(terms, key=lambda one: len(one.meaning)), "term:x")
    ambiguous = next(one for one in terms if one.ask)
    yield _card(answers.term, "several meanings", ambiguous, "term:x")
    yield _card(answers.term, "no source", replace(ambiguous, sources=()), "term:x")
    yield _card(answers.private, "about somebody")
    yield _card(answers.overdue, "one", [plain])
    yield _card(answers.overdue, "all", articles)
    for key in ("unknown", "unknown_again", "unknown_none"):
        yield _card(answers.unknown, key, text(f"answers.ask.{key}"))
    yield _card(answers.unknown, "not helped", text("answers.rate.not_helped"))


def _named(case: str, build: partial[Reply]) -> Card:
    return f"answers.answer: {case}", build


def _answer(article: Article, **about: Any) -> partial[Reply]:
    by_id = {one.id: one for one in base().articles}
    related = [by_id[id_] for id_ in article.related if id_ in by_id]
    return partial(answers.answer, article, **{"related": related, "today": TODAY, **about})


def _longest_answer() -> partial[Reply]:
    """The longest article, leading on to those with the longest titles."""
    articles = base().articles
    longest = max(articles, key=lambda one: len(one.answer) + len(one.more))
    titles = sorted(articles, key=lambda one: len(one.title))[-2:]
    return _answer(longest, related=titles, has_training=True, read_as=longest.wordings[0])


def _longest_word(article: Article) -> int:
    return max(len(word) for word in f"{article.answer} {article.more}".split())


def _choices() -> Iterator[Card]:
    longest = sorted(base().articles, key=lambda one: len(one.title))
    for case, offered in (("three longest", longest[-3:]), ("two", longest[:2])):
        matches = [Match(one.id, one.title, 0.4, one.wordings[0]) for one in offered]
        yield _card(answers.choices, case, matches)


def _contacts() -> Iterator[Card]:
    places = load_places()
    longest = max(places.municipalities.values(), key=lambda one: len(one.name))
    for county in places.counties.values():
        yield _card(directory.coordinator, f"county {county.code}", county, None, is_mine=False)
    near = places.county_of(longest.code)
    yield _card(directory.coordinator, "just saved", near, longest, is_mine=True, just_saved=True)
    asking = {"is_mine": True, "just_saved": True, "ask_position": True}
    yield _card(directory.coordinator, "asking for the role", near, longest, **asking)
    yield _card(directory.coordinator, "mine", near, longest, is_mine=True)
    yield _card(directory.coordinator, "elsewhere", near, longest, is_mine=False)
    yield _card(directory.coordinator, "filled in", _filled_in(near), longest, is_mine=True)
    hostile = replace(_filled_in(near), coordinator_name=HOSTILE)
    yield _card(directory.coordinator, "hostile name", hostile, longest, is_mine=True)
    both = places.find("Kalmar")
    yield _card(directory.which, "Kalmar", both.municipalities, both.counties)
    names = sorted(places.municipalities.values(), key=lambda one: len(one.name))
    county = max(places.counties.values(), key=lambda one: len(one.name))
    yield _card(directory.which, "longest names", names[-3:], [county])


def _filled_in(county: County) -> County:
    return replace(
        county,
        coordinator_name="Maria-Magdalena Gyllenstierna af Ugglas-Bergström",
        coordinator_phone="010-223 70 00 eller 070-123 45 67",
        coordinator_email="maria-magdalena.gyllenstierna-af-ugglas@lansstyrelsen.se",
        phone_confirmed=TODAY,
    )


def _training(id_: int = 1, **about: Any) -> Training:
    starts_at = datetime(2026, 12, 24, 12, tzinfo=UTC) + timedelta(days=id_)
    everyday = Training(
        id=id_,
        title="Exempel: Lägesbild i praktiken",
        county="07",
        themes=("lagesbild",),
        place="Växjö, Länsstyrelsen",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        seats=20,
        taken=8,
        summary="Du lär dig att ta fram en lägesbild.",
        status=TrainingStatus.OPEN,
        sequence=0,
    )
    return replace(everyday, **about)


def _trainings() -> Iterator[Card]:
    five = range(1, 6)
    topics, counties = base().topics.values(), load_places().counties.values()
    theme, county = max(topics, key=len), max((one.name for one in counties), key=len)
    narrowed = f"om {theme[0].lower()}{theme[1:]} i {county} i september 2027"
    full = [_training(n, title=WORDY, place=WORDY, taken=20) for n in five]
    yield _card(trainings.listing, "one", [_training(taken=19)], "i Kronobergs län")
    yield _card(trainings.listing, "five", [_training(n) for n in five], "")
    yield _card(trainings.listing, "five long and full", full, narrowed)
    hostile = [_training(n, title=HOSTILE, place=LONG_WORD) for n in five]
    yield _card(trainings.listing, "five hostile", hostile, narrowed)
    yield _card(trainings.ask_withdraw, "everyday", _training())
    yield _card(trainings.ask_withdraw, "long", _training(title=WORDY))
    yield _card(trainings.ask_withdraw, "hostile", _training(title=HOSTILE))
    for key in ("none_at_all", "which_again", "not_found"):
        yield _card(trainings.settled, key, text(f"trainings.{key}"))
    for key in ("closed", "withdrawn", "kept", "not_signed_up"):
        yield _card(trainings.settled, key, text(f"trainings.{key}", title=WORDY))


def _signups() -> Iterator[Card]:
    for status in (SignupStatus.CONFIRMED, SignupStatus.WAITING):
        for already in (False, True):
            case = f"{status}, already" if already else str(status)
            yield _card(trainings.signed_up, case, _signup(1, status, already=already), CALENDAR)
    for case, title in (("long", WORDY), ("hostile", HOSTILE), ("one word", LONG_WORD)):
        signup = _signup(1, SignupStatus.CONFIRMED, title=title, place=title)
        yield _card(trainings.signed_up, case, signup, CALENDAR)
        yield _card(trainings.promoted, case, signup, CALENDAR)
        yield _card(trainings.reminder, case, signup, CALENDAR)
        five = [_signup(n, status, title=title) for n, status in enumerate(_by_turns(), start=1)]
        yield _card(trainings.mine, f"five, {case}", five)
    yield _card(trainings.promoted, "everyday", _signup(1, SignupStatus.CONFIRMED), CALENDAR)
    yield _card(trainings.reminder, "everyday", _signup(1, SignupStatus.CONFIRMED), CALENDAR)
    yield _card(trainings.mine, "one", [_signup(1, SignupStatus.CONFIRMED)])


def _by_turns() -> list[SignupStatus]:
    confirmed, waiting = SignupStatus.CONFIRMED, SignupStatus.WAITING
    return [confirmed, waiting, confirmed, waiting, confirmed]


def _signup(id_: int, status: SignupStatus, *, already: bool = False, **about: Any) -> Signup:
    place_in_line = 137 if status is SignupStatus.WAITING else 0
    training = _training(id_, **about)
    return Signup(id_, training, status, "token", place_in_line=place_in_line, already=already)


def _draft(**about: Any) -> Draft:
    """An everyday draft, but for what is said `about` it or its words."""
    words = Words(
        heading="Ny handbok om lägesbilder",
        text="Brå har en **ny handbok**. Läs den före mötet:\n\n- kapitel 1\n- kapitel 2",
        link="https://bra.se/handbok",
        link_title="Till handboken (pdf)",
    )
    said = {name: about.pop(name) for name in vars(words) if name in about}
    everyday = Draft(replace(words, **said), "07", Audience(counties=("07",)))
    return replace(everyday, **about)


def _longest_draft() -> Draft:
    """Everything as long as it may be, to some of the 49 municipalities of Västra Götaland."""
    inside = load_places().municipalities_of("14")
    return _draft(
        heading=WORDY[: HEADING.stop - 1],
        text=(f"{WORDY}\n\n" * 40)[: TEXT.stop - 1],
        link=f"https://www.example.se/{'a' * LONGEST_LINK}"[:LONGEST_LINK],
        link_title=WORDY[:LONGEST_LINK_TITLE],
        county="14",
        audience=Audience(
            municipalities=tuple(one.code for one in inside[1:]),
            themes=tuple(base().topics),
            positions=tuple(Position),
            training=1,
            training_part=TrainingPart.WAITING,
            to_people=True,
        ),
        picture=f"https://www.bild.example/{'b' * LONGEST_LINK}"[:LONGEST_LINK],
        picture_alt=WORDY[:LONGEST_ALT],
        training_id=1,
        acknowledge=True,
        send_at=NOW,
    )


def _hostile_draft() -> Draft:
    heading, title = HOSTILE[: HEADING.stop - 1], LONG_WORD[:LONGEST_LINK_TITLE]
    return _draft(
        heading=heading,
        text=f"{HOSTILE}\n\n{LONG_WORD}",
        link_title=title,
        picture="https://bild.example/a.png",
        picture_alt=HOSTILE,
        acknowledge=True,
    )


def _offered(*counties: str, **about: Any) -> Offered:
    return Offered(load_places(), counties, base().topics, **about)


def _facts(**about: Any) -> Facts:
    return Facts(load_places(), base().topics, **about)


def _forms() -> Iterator[Card]:
    faults = ("heading", "text", "link", "picture", "picture_alt", "recipients", "audience")
    chosen = ("theme", "position", "training")
    more_faults = ("attached", "acknowledge", "size", *(f"moment_{fault}" for fault in MOMENTS))
    attachable = tuple(_training(n, title=WORDY) for n in range(1, MOST_TRAININGS + 1))
    form, fewest, most = form_cards.form, _offered("07"), attachable[:12]
    full = {"trainings": most, "attachable": attachable}
    yield _card(form, "empty", None, fewest, token="t")
    yield _card(form, "49 municipalities", None, _offered("14", **full), token="t")
    every = _offered(*load_places().counties, **full)
    yield _card(form, "every county", None, every, token="t")
    yield _card(form, "the nation", None, _offered("00"), token="t")
    yield _card(form, "longest draft", _longest_draft(), _offered("14", **full), announcement_id=7)
    # Municipalities that were typed are kept, also where only whole counties are offered.
    yield _card(form, "the nation, typed", _longest_draft(), _offered("00"), announcement_id=7)
    timed = _draft(send_at=NOW)
    yield _card(form, "other faults", timed, fewest, faults=more_faults, too_long=1_234)
    nowhere = Audience(to_channels=False)
    empty = _draft(heading="", text="", link="ftp://x", audience=nowhere)
    yield _card(form, "all wrong", empty, fewest, faults=(*faults, *chosen), token="t")
    hostile = _offered("07", trainings=(_training(title=HOSTILE),))
    yield _card(form, "hostile", _hostile_draft(), hostile, announcement_id=7)
    about = {"announcement_id": 7, "correcting": True}
    yield _card(form, "correcting", _draft(), fewest, **about)
    yield _card(form, "correcting, wrong", empty, fewest, faults=faults[:3], **about)


def _posts() -> Iterator[Card]:
    places, facts = load_places(), _facts(narrowed_to=_training(title=HOSTILE))
    board = max((one.board for one in places.counties.values()), key=len)
    outside = tuple(one.code for one in places.municipalities_of("14"))
    reach = Reach(channels=3, people=120, weekly=7, municipalities=2, left_out={})
    for case, draft in (
        ("everyday", _draft()),
        ("without link", _draft(link="", link_title="")),
        ("link without a name", _draft(link_title="")),
        ("longest", _longest_draft()),
        ("hostile", _hostile_draft()),
        ("numbered heading", _draft(heading=NUMBERED)),
    ):
        yield _card(post.post, case, draft, board, announcement_id=7)
        yield _card(preview.preview, case, _announcement(draft=draft), reach, facts)
    everything = _draft(
        picture="https://bild.example/a.png",
        picture_alt="Omslaget till handboken",
        training_id=1,
        acknowledge=True,
    )
    closed = _training(status=TrainingStatus.CANCELLED)
    for case, training in (
        ("training", _training()),
        ("full training", _training(taken=20)),
        ("closed training", closed),
        ("long training", _training(title=WORDY, place=WORDY)),
        ("hostile training", _training(title=HOSTILE, place=LONG_WORD)),
    ):
        yield _card(post.post, case, everything, board, training=training)
    about: dict[str, Any] = {"training": _training(), "announcement_id": 7}
    yield _card(post.post, "live buttons", everything, board, **about)
    yield _card(post.post, "test", everything, board, training=_training(), tested=True)
    large = _announcement(draft=replace(everything, send_at=NOW))
    about = {"confirm": 15_000, "needs_approval": True, "note": WORDY}
    attached = _facts(attached=_training())
    yield _card(preview.preview, "large, later, noted", large, reach, attached, **about)
    for case, heading in (("everyday", "Möte"), ("long", WORDY), ("hostile", HOSTILE)):
        draft = _announcement(draft=_draft(heading=heading))
        yield _card(preview.ask_delete, case, draft)
    corrected = "söndag 22 november 2026 kl. 13.00"
    yield _card(post.post, "corrected", _draft(), board, corrected=corrected)
    everybody = tuple(one.code for one in places.municipalities_of("00"))
    for count, codes in ((1, outside), (5, outside), (49, outside), (290, everybody)):
        missed = dict.fromkeys(LeftOut, Missed(count, codes[-count:]))
        missed[LeftOut.ELSEWHERE] = Missed(count, ())
        some = replace(reach, left_out=missed)
        yield _card(preview.preview, f"{count} left out", _announcement(), some, facts)
        if count < 290:
            yield _card(audience.left_out, f"{count} for each reason", some, places)
    whole = replace(reach, left_out={LeftOut.WITHOUT: Missed(290, everybody)})
    yield _card(audience.left_out, "the whole country", whole, places)
    yield _card(audience.left_out, "nobody", reach, places)
    nobody = Reach(0, 0, 0, 0, {LeftOut.WITHOUT: Missed(49, outside)})
    yield _card(preview.preview, "nobody", _announcement(), nobody, facts)
    national = _announcement(draft=_draft(county="00"))
    yield _card(preview.preview, "national", national, reach, facts)


def _waiting() -> Iterator[Card]:
    outside = tuple(one.code for one in load_places().municipalities_of("14"))
    reach = Reach(channels=30, people=1_200, weekly=7, municipalities=2, left_out={})
    some = replace(reach, left_out=dict.fromkeys(LeftOut, Missed(49, outside)))
    ask, function, facts = waiting_announcements.approval, waiting_announcements.waiting, _facts()
    full = _facts(attached=_training(title=WORDY), narrowed_to=_training(title=WORDY))
    for state in (AnnouncementStatus.WAITING_APPROVAL, AnnouncementStatus.SCHEDULED):
        for case, draft in (("everyday", _draft(send_at=NOW)), ("hostile", _hostile_draft())):
            waits = _announcement(draft=draft, status=state)
            yield _card(function, f"{state}, {case}", waits, reach, facts, approvers=2)
        longest = _announcement(draft=_longest_draft(), status=state)
        yield _card(function, f"{state}, longest", longest, some, full, note=WORDY)
        yield _card(ask, f"{state}, longest", longest, some, full)
    yield _card(ask, "everyday", _announcement(), reach, facts)
    hostile = _announcement(draft=_hostile_draft(), author_name=HOSTILE)
    yield _card(ask, "hostile", hostile, reach, facts)
    for news in News:
        for state in AnnouncementStatus:
            told = _announcement(status=state, draft=_draft(send_at=NOW))
            yield _card(
                waiting_announcements.news, f"{news}, {state}", told, news, "Karin Karlsson"
            )
    worst = _announcement(draft=_draft(heading=HOSTILE), status=AnnouncementStatus.DRAFT)
    yield _card(waiting_announcements.news, "hostile", worst, News.DECLINED, LONG_WORD, HOSTILE)


def _templates() -> Iterator[Card]:
    places = load_places()
    for case, heading in (("everyday", "Möte"), ("long", WORDY), ("hostile", HOSTILE)):
        template = Template(1, "07", _draft(heading=heading).words)
        most = [replace(template, id=number) for number in range(1, MOST + 1)]
        yield _card(templates.listing, f"most, {case}", most, places)
        yield _card(templates.ask_delete, case, template)
    yield _card(templates.listing, "one", [Template(1, "07", _draft().words)], places)


def _announcement(id_: int = 1, **about: Any) -> Announcement:
    everyday = Announcement(
        id=id_,
        author_tenant_id="tenant",
        author_object_id="object",
        author_name="Kerstin Karlsson",
        draft=_draft(),
        status=AnnouncementStatus.SENT,
        version=1,
        message_id=1,
        created_at=NOW,
        sent_at=NOW,
    )
    return replace(everyday, **about)


def _sent() -> Iterator[Card]:
    status = sent_announcements.status
    sent, withdrawn = _announcement(), _announcement(status=AnnouncementStatus.WITHDRAWN)
    paused = _announcement(status=AnnouncementStatus.PAUSED)
    stopped = _announcement(status=AnnouncementStatus.CANCELLED)
    yield _card(status, "sending", sent, _report({Status.SENT: 1, Status.PENDING: 4}))
    yield _card(status, "done", sent, _report({Status.SENT: 5}))
    yield _card(status, "already", sent, _report({Status.SENT: 5}), already=True)
    yield _card(status, "withdrawn", withdrawn, _report({Status.SENT: 5}))
    yield _card(status, "paused", paused, _report({Status.SENT: 1, Status.PENDING: 4}))
    yield _card(status, "stopped", stopped, _report({Status.SENT: 1, Status.CANCELLED: 4}))
    half = {Status.SENT: 3, Status.PENDING: 1, Status.FAILED: 1}
    for case, one in (("correcting", sent), ("withdrawing", withdrawn)):
        yield _card(status, case, one, _report({Status.SENT: 5}, changes=half))
    yield _card(status, "failures", sent, _failures("Trygghetsgruppen i Växjö"))
    for case, name in (("long", WORDY), ("hostile", HOSTILE), ("one word", LONG_WORD)):
        worst = _announcement(draft=_draft(heading=name))
        yield _card(status, f"{case} failures", worst, _failures(name))
        yield _card(sent_announcements.ask_withdraw, case, worst)
        yield _card(sent_announcements.mine, f"five, {case}", _five(heading=name))
    yield from _everything_at_once(sent)
    yield _card(sent_announcements.ask_withdraw, "everyday", sent)
    yield _card(sent_announcements.ask_withdraw, "numbered heading", _five(heading=NUMBERED)[0])
    yield _card(sent_announcements.mine, "one", [sent])
    yield _card(sent_announcements.mine, "five", _five())
    early = _in_states([*AnnouncementStatus][:3])
    yield _card(sent_announcements.mine, "not sent yet", early)
    yield from _recipients()


def _everything_at_once(sent: Announcement) -> Iterator[Card]:
    """The status card with all that it may hold."""
    report = replace(_failures(WORDY), asked=1_234, acknowledged=567, possibly_duplicated=3)
    picture = outcome.Picture(PICTURE, outcome.described(outcome.figures(report)))
    effects = sent_announcements.Effects(signups=12, questions=1)
    case = "everything"
    yield _card(sent_announcements.status, case, sent, report, effects=effects, picture=picture)


def _recipients() -> Iterator[Card]:
    listing = recipients.listing
    yield _card(listing, "nobody", _announcement(), Group.FAILED, Page((), 1, 1))
    for case, name in (
        ("everyday", "Trygghetsgruppen / Utskick"),
        ("long", WORDY),
        ("hostile", HOSTILE),
        ("one word", LONG_WORD),
    ):
        worst = _announcement(draft=_draft(heading=name[:100], acknowledge=True))
        for group in Group:
            people = tuple(_recipient(name, status) for status in group.statuses * 5)
            yield _card(listing, f"{group}, {case}", worst, group, Page(people, 2, 3))
        yield _card(recipients.acknowledgements, case, worst, _acknowledgements(name))
        yield _card(recipients.file, case, worst, "https://tryggve.example.se/utskick/x", 15)
    reminded = replace(_acknowledgements("Anna Alm"), reminded=True)
    asking = _announcement(draft=_draft(acknowledge=True))
    yield _card(recipients.acknowledgements, "reminded", asking, reminded)
    nobody = Acknowledgements((), 0, Page((), 1, 1), reminded=False)
    yield _card(recipients.acknowledgements, "not asked", _announcement(), nobody)


def _recipient(name: str, status: Status, reason: str = "", place: str = "Växjö") -> Recipient:
    return Recipient(name, place, is_person=True, status=status, reason=reason)


def _acknowledgements(name: str) -> Acknowledgements:
    """A full page of people who have not acknowledged, in two municipalities."""
    places = ("Upplands Väsby", "Växjö")
    counted = tuple(InMunicipality(place, asked=12, acknowledged=5) for place in places)
    complete = InMunicipality("Alvesta", asked=3, acknowledged=3)
    missing = tuple(_recipient(name, Status.SENT, place=place) for place in places * 7)
    by_place = tuple(sorted(missing, key=lambda one: one.municipality))
    return Acknowledgements((*counted, complete), 2, Page(by_place, 1, 2), reminded=False)


def _five(**about: Any) -> list[Announcement]:
    """As many as are listed, in the states they may end in."""
    return _in_states([*AnnouncementStatus][-5:], **about)


def _in_states(states: Sequence[AnnouncementStatus], **about: Any) -> list[Announcement]:
    draft = _draft(send_at=NOW, **about)
    return [
        _announcement(number, draft=draft, status=state)
        for number, state in enumerate(states, start=1)
    ]


def _report(counts: dict[Status, int], **more: Any) -> Report:
    return Report(counts, **more)


def _failures(name: str) -> Report:
    """Every state there is, every reason, and more recipients than are shown."""
    longest = max((one.name for one in load_places().municipalities.values()), key=len)
    reasons = [
        (Status.FAILED, ""),
        (Status.CANCELLED, TOO_OLD),
        (Status.BLOCKED, "admin"),
        (Status.NOT_INSTALLED, ""),
        (Status.UNCERTAIN, ""),
    ]
    failed = tuple(_recipient(name, status, why, longest) for status, why in reasons)
    counts = dict.fromkeys(Status, 2)
    return _report(counts, unreached=8, failures=failed, again=3, changes=counts)


def _personal_choices() -> Iterator[Card]:
    yield _card(choices.positions, "everyday")
    themes = base().topics
    nothing = Choices(None, muted=False, weekly=False, themes=())
    yield _card(choices.choices, "nothing chosen", nothing, themes)
    for case, muted, weekly in (("at once", 0, 0), ("weekly", 0, 1), ("muted", 1, 1)):
        chosen = Choices(Position.MUNICIPAL_CONTACT, bool(muted), bool(weekly), tuple(themes))
        yield _card(choices.choices, case, chosen, themes, saved=True)


def _digests() -> Iterator[Card]:
    places, articles = load_places(), base().articles
    one = Digest((Gathered(1, "Ny handbok", "07"),), (_training(),), articles[:1])
    yield _card(digests.digest, "one of each", one, places)
    yield _card(digests.digest, "only answers", Digest(articles=articles[:3]), places)
    yield _card(digests.digest, "only trainings", Digest(trainings=(_training(),)), places)
    longest = tuple(sorted(articles, key=lambda one: len(one.title)))[-9:]
    for case, title in (("long", WORDY), ("hostile", HOSTILE), ("one word", LONG_WORD)):
        announced = tuple(Gathered(n, title[: HEADING.stop - 1], "14") for n in range(1, 30))
        courses = tuple(_training(n, title=title) for n in range(1, 9))
        yield _card(digests.digest, f"many, {case}", Digest(announced, courses, longest), places)


def _enquiries() -> Iterator[Card]:
    places = load_places()
    for case, words in (
        ("everyday", "När börjar mötet?"),
        ("longest", (f"{WORDY}\n\n" * 10)[:LONGEST]),
        ("hostile", HOSTILE),
        ("one word", LONG_WORD),
    ):
        subject = Subject(7, words[: HEADING.stop - 1], "07")
        known = Enquiry(1, subject, 1, words[:200], "0780", 2, words, words)
        yield _card(enquiries.ask_form, case, subject, "t", words)
        yield _card(enquiries.question, case, known, places)
        yield _card(enquiries.answer_form, case, known, places)
        yield _card(enquiries.answer, case, known, places)
    national = Enquiry(1, Subject(7, "Ny handbok", "00"), 1, "", "", 2, "Hur då?", "Så här.")
    yield _card(enquiries.question, "by nobody known", national, places)
    yield _card(enquiries.answer, "from the nation", national, places)


def _reports() -> Iterator[Card]:
    yield _card(answers.thanks, "everyday", "article:x", "token")
    longest = max((one.title for one in base().articles), key=len)
    rows = [("22 november 2026", longest, note) for note in ("", "Fel paragraf", WORDY, HOSTILE)]
    yield _card(answers.reports, "five", [*rows, ("22 november 2026", longest, LONG_WORD)])


def _channels() -> Iterator[Card]:
    places = load_places()
    team = _team()
    some = [_channel(1, "", "standard", "19:team"), _channel(2, "Nyheter"), _channel(3, "Rådet")]
    many = [_channel(number, f"{LONG_WORD} {number}", "private") for number in range(1, 70)]
    yield _card(channels.choose, "three", team, some)
    yield _card(channels.choose, "general", replace(team, name="", conversation_id="19:team"), some)
    yield _card(channels.choose, "many", replace(team, name=LONG_WORD), many)
    yield _card(channels.choose, "hostile", replace(team, name=HOSTILE), [_channel(1, HOSTILE)])
    yield _card(channels.chosen, "reachable", team)
    yield _card(channels.chosen, "not reachable", replace(team, installed=False))
    yield _card(channels.chosen, "hostile", replace(team, name=HOSTILE))
    yield _card(channels.teams, "one", [team], 0, 7, "Kronobergs län", places)
    away = [replace(team, installed=False, away=why) for why in Away]
    yield _card(channels.teams, "away", away, 0, 1, "Kronobergs län", places)
    long = [replace(team, id=n, team_name=LONG_WORD, name=LONG_WORD) for n in range(1, 13)]
    yield _card(channels.teams, "first page", long, 0, 0, "Västra Götalands län", places)
    yield _card(channels.teams, "last page", long, 10, 0, "Västra Götalands län", places)
    hostile = replace(team, team_name=HOSTILE, name=HOSTILE)
    yield _card(channels.teams, "hostile", [hostile], 0, 0, "Kronobergs län", places)
    yield _card(channels.team, "three", team, some, places)
    yield _card(channels.team, "hostile", hostile, [_channel(1, HOSTILE, "shared")], places)
    yield _card(channels.team, "without names", replace(team, team_name="", name=""), [], places)


def _team() -> Channel:
    return Channel(
        id=1,
        tenant_id="tenant",
        team_id="19:team",
        team_name="Trygghetsgruppen",
        conversation_id="19:channel-2",
        name="Nyheter",
        service_url="",
        municipality="0780",
        installed=True,
    )


def _channel(id_: int, name: str, kind: str = "standard", conversation: str = "") -> TeamChannel:
    conversation = conversation or f"19:channel-{id_}"
    return TeamChannel(id_, "tenant", "19:team", conversation, name, kind, False, NOW)
