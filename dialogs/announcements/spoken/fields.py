"""From what was said of a draft to its fields, as the lines "Till:", "Text:" … would fill them.

What is not wholly understood changes no field: nobody is left out, or reached, by a guess.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from dialogs.announcements import audience_form, spoken
from dialogs.announcements.cards import audience as cards
from dialogs.announcements.form import is_address
from dialogs.announcements.offered import Offered
from dialogs.announcements.spoken import Spoken
from dialogs.conversation import moments
from dialogs.conversation.swedish import SWEDEN
from dialogs.conversation.texts import texts
from dialogs.understanding.times.clock import beside_moment, moment_in
from dialogs.understanding.times.spans import no_such_day
from knowledge.announcements.models import Draft
from knowledge.directory.models import NATIONAL
from knowledge.directory.places import fold
from knowledge.directory.said import places_in

Fields = Mapping[str, str]

UNSURE: Fields = {}
"""It is about the draft, and not surely understood: how it is written is told instead."""


def fields(one: Spoken, draft: Draft, offered: Offered, now: datetime) -> Fields | None:
    """What is said of each field, by the names of the labels; None: it is about something else."""
    match one.about:
        case "heading" | "text":
            return {one.about: one.said}
        case "add_text":
            return {"text": f"{draft.words.text}\n\n{one.said}"}
        case "only_to" | "add_to" | "drop_to":
            return _to(one, draft, offered)
        case "earlier" | "later" | "moved_to" | "sent_at" | "at_once":
            return _when(one, draft, now)
    return _beside(one, draft)


def _to(one: Spoken, draft: Draft, offered: Offered) -> Fields | None:
    """Whom it goes to: places, and channels or people."""
    audience = draft.audience
    said, away = spoken.excepted(one.said)
    if away:
        return _without(one, said, away, draft, offered)
    places = audience_form.picked_in("to", one.said, audience, offered)
    ways = audience_form.picked_in("via", one.said, audience, offered)
    if one.about == "only_to" and fold(one.said, strip=False) in _everybody():
        return None  # "skicka till alla" is what is said of sending it
    if places.values and not places.unread:
        wanted = _combined(one.about, audience.places, places.values, offered)
        return {"to": ";".join(wanted)} if wanted else UNSURE
    if ways.values and not ways.unread:
        before = [way for way in cards.ways() if getattr(audience, f"to_{way}")]
        wanted = _combined(one.about, before, ways.values, offered)
        return {"via": ";".join(wanted)} if wanted else UNSURE
    names = places.values or places_in(one.said).named or audience_form.position_in(one.said)
    return UNSURE if names else None


def _without(one: Spoken, said: str, away: str, draft: Draft, offered: Offered) -> Fields | None:
    """ "Alla kommuner utom Markaryd", "bara Växjö, inte Alvesta"."""
    to = audience_form.picked_in("to", said, draft.audience, offered)
    fro = audience_form.picked_in("to", away, draft.audience, offered)
    if not (to.values or fro.values or places_in(one.said).named):
        return None
    if one.about != "only_to" or to.unread or fro.unread or not (to.values and fro.values):
        return UNSURE
    inside = [code for code in fro.values if {code, code[:2]} & {*to.values}]
    if not inside:  # they are none of the others, and so it is said already
        return {"to": ";".join(to.values)}
    left = _combined("drop_to", to.values, inside, offered)
    return {"to": ";".join(left)} if left else UNSURE


def _combined(
    how: str, before: Sequence[str], said: Sequence[str], offered: Offered
) -> Sequence[str]:
    """These alone, these beside the others, or the others without these; none when unsure."""
    if how == "only_to":
        return said
    if how == "add_to":
        return tuple(dict.fromkeys((*before, *said)))
    left = [*before]
    for code in said:
        county = code[:2]
        if code not in left and county in left and county != NATIONAL:
            left.remove(county)
            left += [one.code for one in offered.places.municipalities_of(county)]
        if code not in left:
            return ()
        left.remove(code)
    return left


def _when(one: Spoken, draft: Draft, now: datetime) -> Fields | None:
    """The time, whole; what is left out of it stays as it was."""
    match one.about:
        case "at_once":
            at_once = texts("announcements.write.words_at_once")[0]
            return {"send_at": at_once} if draft.send_at or draft.written else None
        case "earlier" | "later":
            minutes = spoken.minutes_in(one.said)
            if not minutes:
                return None
            sign = -1 if one.about == "earlier" else 1
            return _shifted(draft.send_at, sign * minutes) if draft.send_at else UNSURE
    said = moments.with_slash(one.said)
    if no_such_day(said):
        return UNSURE
    if not _is_only_time(said, now):
        return UNSURE if one.about == "moved_to" else None
    whole = _whole(said, draft.send_at, now)
    if moments.from_words(whole, now).fault == "moment_past" and not any(map(str.isdigit, said)):
        return UNSURE  # "i eftermiddag", when that has begun: at what time is asked for
    return {"send_at": whole}


def _is_only_time(said: str, now: datetime) -> bool:
    beside = [word for word in beside_moment(said, now) if word.isalnum()]
    return moment_in(said, now) is not None and all(map(spoken.is_beside_time, beside))


def _whole(said: str, before: datetime | None, now: datetime) -> str:
    """With the time of day, or the day, that it has already."""
    chosen = moments.from_words(said, now)
    if before is None or chosen.fault not in ("moment_day", "moment_time"):
        return said
    day, time = moments.to_inputs(before)
    new_day, new_time = moments.to_inputs(chosen.moment)
    return f"{day} {new_time}" if chosen.fault == "moment_day" else f"{new_day} {time}"


def _shifted(before: datetime, minutes: int) -> Fields:
    """Whole days later it is the same time of day, also when the clock has been changed."""
    days, rest = divmod(minutes, 24 * 60)
    local = before.astimezone(SWEDEN) + timedelta(days=days)
    moved = local.astimezone(before.tzinfo) + timedelta(minutes=rest)
    return {"send_at": " ".join(moments.to_inputs(moved))}


def _beside(one: Spoken, draft: Draft) -> Fields | None:
    """Pictures, links, the training and whether it is acknowledged."""
    links = draft.words.links
    addressed = any(map(is_address, one.said.split()))
    match one.about:
        case "picture":
            return {"picture": one.said} if addressed and " " not in one.said else UNSURE
        case "link":
            kept = [f"{link.url} {link.title}" for link in links]
            return {"link": "\n".join((*kept, one.said))} if addressed else UNSURE
        case "no_picture":
            return {"picture": "", "picture_alt": ""}
        case "no_link":
            return {"link": ""} if len(links) == 1 else UNSURE
        case "acknowledge" | "no_acknowledge":
            return {"acknowledge": str(one.about == "acknowledge")}
        case "attached":
            return {"attached": one.said} if one.said else UNSURE
    return None


def _everybody() -> frozenset[str]:
    listed = texts("announcements.audience.words_everything")
    return frozenset(fold(word, strip=False) for word in listed)
