"""What Teams says, in our words: real payloads in, turns out."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.teams.cleaning import clean_text
from bot.teams.mapping import turn_from
from bot.teams.reading import NotAnActivity, read_activity
from dialogs.conversation.talk import Kind, Scope, Turn
from knowledge.channels.models import Change
from tests.bot.teams.edge import (
    ANNA,
    BOT,
    TENANT,
    THREAD,
    Json,
    activity,
    card_action,
    channel_message,
    message,
)

GENERAL = "19:general@thread.tacv2"
AT_BOT = {"type": "mention", "text": "<at>Tryggve</at>", "mentioned": BOT}
AT_BO = {"type": "mention", "text": "<at>Bo</at>", "mentioned": {"id": "29:bo", "name": "Bo"}}
SILENT = {"type": "mention", "mentioned": BOT}
AT_CO = {
    "type": "mention",
    "text": "<at>Trygg &amp; Säker</at>",
    "mentioned": {**BOT, "name": "Trygg & Säker"},
}
COUPLES = "👩\u200d💻 och 👩🏽\u200d🚒 och 🏳\ufe0f\u200d🌈"
WALES = "\U0001f3f4" + "".join(chr(0xE0000 + ord(one)) for one in "gbwls\x7f")
HTML = {"contentType": "text/html", "content": "<p>Hej</p>"}
FILE = {
    "contentType": "application/vnd.microsoft.teams.file.download.info",
    "name": "plan.docx",
    "contentUrl": "https://kommun.sharepoint.com/plan.docx",
}


def turn_of(content: Json) -> Turn | None:
    return turn_from(read_activity(json.dumps(content).encode()))


def heard(content: Json) -> Turn:
    turn = turn_of(content)
    assert turn is not None
    return turn


def test_a_personal_message_says_who_and_where() -> None:
    turn = heard(message("hej", id="17"))

    assert (turn.kind, turn.text, turn.activity_id) == (Kind.MESSAGE, "hej", "17")
    assert (turn.speaker.object_id, turn.speaker.teams_id) == (ANNA["aadObjectId"], "29:anna")
    assert (turn.place.scope, turn.place.conversation_id) == (Scope.PERSONAL, "a:anna")
    assert turn.place.tenant_id == turn.speaker.tenant_id == TENANT
    assert not turn.awaits_card


def test_a_channel_message_knows_its_thread_channel_and_team() -> None:
    place = heard(channel_message("hej")).place

    assert (place.scope, place.conversation_id) == (Scope.CHANNEL, THREAD)
    assert (place.channel_id, place.team_id, place.team_name) == (GENERAL, GENERAL, "Trygghet")


def test_a_channel_is_found_without_its_own_property() -> None:
    turn = heard(channel_message("hej", channelData={"tenant": {"id": TENANT}}))

    assert turn.place.channel_id == GENERAL


@pytest.mark.parametrize(
    ("conversation", "scope"),
    [
        ({"id": "c", "conversationType": "groupChat", "isGroup": True}, Scope.GROUP),
        ({"id": "c", "isGroup": True}, Scope.GROUP),
        ({"id": "c"}, Scope.PERSONAL),
    ],
)
def test_the_kind_of_conversation_is_known(conversation: Json, scope: Scope) -> None:
    assert heard(message(conversation=conversation)).place.scope is scope


def test_a_guest_has_no_object_id() -> None:
    guest = {"id": "29:guest", "name": "Gäst"}

    assert heard(message(**{"from": guest})).speaker.object_id == ""


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        ("<at>Tryggve</at> hjälp", [AT_BOT], "hjälp"),
        ("<at>Tryggve</at>&nbsp;hjälp\n", [AT_BOT], "hjälp"),
        ("hjälp <at>Tryggve</at>", [AT_BOT], "hjälp"),
        ("<at>Tryggve</at> fråga <at>Bo</at>", [AT_BOT, AT_BO], "fråga Bo"),
        ("<at>Tryggve</at> <at>Tryggve</at> hjälp", [AT_BOT, AT_BOT], "hjälp"),
        ("<at>Tryggve</at> hjälp", [], "Tryggve hjälp"),
        ("<at>Tryggve</at> hjälp", [AT_BO], "Tryggve hjälp"),
        ("<at>Tryggve</at> vem är <at>Tryggve</at>", [AT_BOT], "vem är Tryggve"),
        ("hjälp", [{"type": "mention"}, {"type": "mention", "mentioned": 5, "text": 5}], "hjälp"),
        ("hjälp", [{"type": "clientInfo", "locale": "sv-SE"}], "hjälp"),
        ("<at>Tryggve</at>", [AT_BOT], ""),
        ("<at>tryggve</at> hjälp", [AT_BOT], "hjälp"),
        ('<at id="0">Tryggve</at> hjälp', [AT_BOT], "hjälp"),
        ("<at>Tryggve</at>\u00a0hjälp", [AT_BOT], "hjälp"),
        ("<at>Tryggve&nbsp;</at> hjälp", [AT_BOT], "hjälp"),
        ("Tryggve hjälp", [AT_BOT], "hjälp"),
        ("@Tryggve hjälp", [AT_BOT], "hjälp"),
        ("hjälp Tryggve", [AT_BOT], "hjälp"),
        ("Tryggvesson ringde", [AT_BOT], "Tryggvesson ringde"),
        ("<at>Tryggve</at> hjälp", [SILENT], "hjälp"),
        ("<at>Bo</at> hjälp", [SILENT], "Bo hjälp"),
        ("hjälp", [SILENT], "hjälp"),
        ("<at>Trygg &amp; Säker</at> hjälp", [AT_CO], "hjälp"),
        ("<at>Trygg & Säker</at> hjälp", [AT_CO], "hjälp"),
        ("Trygg &amp; Säker hjälp", [AT_CO], "hjälp"),
    ],
)
def test_only_a_true_mention_of_the_bot_is_taken_away(
    text: str, entities: list[Json], expected: str
) -> None:
    assert heard(channel_message(text, entities=entities)).text == expected


@pytest.mark.parametrize("text", ["<at>" * 60_000, "<at>a</at>" * 20_000, " " * 200_000 + "x"])
def test_a_text_full_of_half_tags_is_read_as_it_is(text: str) -> None:
    """With a pattern that goes back to look again each of these takes minutes."""
    told = heard(channel_message(text, entities=[{**AT_BOT, "text": "q"}] * 200))

    assert told.text == clean_text(text)


def test_the_mention_is_taken_away_without_a_recipient() -> None:
    told = channel_message("<at>Tryggve</at> hjälp", entities=[AT_BOT], recipient=None)

    assert heard(told).text == "hjälp"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("   ", ""),
        ("👍", "👍"),
        ("Vad säger 5 §?", "Vad säger 5 §?"),
        ("a\u030angest", "ångest"),
        ("rad ett\r\nrad två", "rad ett\nrad två"),
        ("många   blanka\ttecken\u00a0här", "många blanka tecken här"),
        ("o\u200bsyn\u200dligt\ufeff", "osynligt"),
        ("\u202eabc\u202c", "abc"),
        ("nul\x00l och \x07pip \x1b[31mrött", "null och pip [31mrött"),
        ("halv \ud83d emoji", "halv emoji"),
        ("ett\u2028två\u2029tre\x85fyra\rfem\x0bsex\x0csju", "ett\ntvå\ntre\nfyra\nfem\nsex\nsju"),
        ("blankt   \n i slutet \t\n\nny", "blankt\n i slutet\n\nny"),
        (
            "👩\u200d💻 och 👩🏽\u200d🚒 och 🏳\ufe0f\u200d🌈",
            "👩\u200d💻 och 👩🏽\u200d🚒 och 🏳\ufe0f\u200d🌈",
        ),
        ("می\u200cخواهم", "می\u200cخواهم"),
        (WALES, WALES),
        ("\U0001fae8 \U0001f6d8 \U0001facd", "\U0001fae8 \U0001f6d8 \U0001facd"),
        ("göm\U000e0067mer \ufdd0\u2065", "gömmer"),
        ("5 < 6 och 7 > 3", "5 < 6 och 7 > 3"),
        ("R&amp;D &lt;script&gt;", "R&D <script>"),
        ("<3", "<3"),
        ("å" * 20_000, "å" * 20_000),
    ],
)
def test_a_text_is_read_as_people_see_it(text: str, expected: str) -> None:
    assert heard(message(text)).text == clean_text(text, "plain") == expected


KEPT = (
    "<anna@exempel.se>",
    "Hej <kommunens namn>!",
    "a<b och c>d",
    "<https://bra.se>",
    "<<< nytt >>>",
    "x <b och i> y",
    "List<str>",
)


@pytest.mark.parametrize("text_format", ["plain", "markdown", "xml", "", None])
@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_tag_is_kept(text: str, text_format: str | None) -> None:
    assert heard({**message(text), "textFormat": text_format}).text == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<p>Ett</p><p>två <b>tre</b></p>", "Ett\n\ntvå tre"),
        ('<a href="http://x">länk</a><br/>ny rad', "länk\nny rad"),
        ('<SPAN style="color: red">rött</SPAN> <at id="0">Bo</at>', "rött Bo"),
        ("<img src=x alt='ett hus'>bild", "bild"),
    ],
)
def test_pasted_tags_go_unless_the_text_is_plain(text: str, shown: str) -> None:
    for text_format in ("xml", "markdown", ""):
        assert heard({**message(text), "textFormat": text_format}).text == shown
    plain = heard(message(text)).text
    assert plain == re.sub("</?at[^>]*>", "", text)


def test_hostile_names_are_shortened_and_stay_on_one_line() -> None:
    name = "<at>Chef</at>\nAnna\u202e\x00" + "x" * 300
    speaker = heard(message(**{"from": {"id": "29:x", "name": name}})).speaker

    assert speaker.name.startswith("Chef Annax")
    assert len(speaker.name) == 200


@pytest.mark.parametrize(
    ("attachments", "expected"),
    [([], False), ([HTML], False), ([HTML, FILE], True), ([{"contentType": "image/*"}], True)],
)
def test_only_files_are_attachments(attachments: list[Json], expected: bool) -> None:
    assert heard(message(attachments=attachments)).has_attachment is expected


def test_a_submitted_card_carries_verb_and_data() -> None:
    turn = heard(activity("message", value={"verb": "sign_up", "training": 12, "namn": "A\x00nna"}))

    assert (turn.kind, turn.verb, turn.awaits_card) == (Kind.ACTION, "sign_up", False)
    assert turn.data == {"training": 12, "namn": "Anna"}


@pytest.mark.parametrize(
    "value", [None, "", {}, [], "hej", '{"verb": "sign_up"}', 5, True, [{"verb": "x"}], {"a": 1}]
)
def test_a_text_counts_beside_what_is_no_buttons_data(value: Any) -> None:
    turn = heard(message("hej", value=value))

    assert (turn.kind, turn.text, turn.data) == (Kind.MESSAGE, "hej", {})


def test_a_button_that_also_says_something_is_a_button() -> None:
    turn = heard(message("Anmäl mig", value={"verb": "sign_up", "training": 1}))

    assert (turn.kind, turn.verb) == (Kind.ACTION, "sign_up")


def test_ids_of_people_and_organisations_are_the_same_in_capitals() -> None:
    loud = {**ANNA, "aadObjectId": ANNA["aadObjectId"].upper()}
    turn = heard(message(**{"from": loud}, channelData={"tenant": {"id": TENANT.upper()}}))

    assert turn.speaker == heard(message()).speaker
    assert turn.place.tenant_id == TENANT


ELSEWHERE = "cccccccc-3333-4333-8333-333333333333"
NOBODY: dict[str, Json] = {
    "no account": {"from": {"id": "29:anna", "name": "Anna Ek"}},
    "an empty account": {"from": {**ANNA, "aadObjectId": ""}},
    "the account of all who have none": {
        "from": {**ANNA, "aadObjectId": "00000000-0000-0000-0000-000000000000"}
    },
    "a number": {"from": {**ANNA, "aadObjectId": 7}},
    "several in one": {"from": {**ANNA, "aadObjectId": f"{TENANT}|{ANNA['aadObjectId']}"}},
    "half a letter": {"from": {**ANNA, "aadObjectId": "\ud800"}},
    "who was erased": {"from": {**ANNA, "aadObjectId": "gone:1"}},
    "a giant": {"from": {**ANNA, "aadObjectId": "b" * 65}},
    "another tenant's conversation": {
        "conversation": {"id": "a:anna", "conversationType": "personal", "tenantId": ELSEWHERE}
    },
    "another tenant's account": {"from": {**ANNA, "tenantId": ELSEWHERE}},
}


@pytest.mark.parametrize("case", NOBODY)
def test_who_cannot_be_told_for_sure_is_a_guest(case: str) -> None:
    turn = heard(message("mina utbildningar", **NOBODY[case]))

    assert (turn.speaker.tenant_id, turn.speaker.object_id) == (TENANT, "")
    assert turn.text == "mina utbildningar"


@pytest.mark.parametrize("tenant", [TENANT, TENANT.upper(), "", None, 7])
def test_a_tenant_that_is_told_again_or_not_is_the_same(tenant: Any) -> None:
    where = {"id": "a:anna", "conversationType": "personal", "tenantId": tenant}
    turn = heard(message(conversation=where, **{"from": {**ANNA, "tenantId": tenant}}))

    assert turn.speaker == heard(message()).speaker


def test_what_has_no_id_is_never_taken_for_the_same() -> None:
    once, again = heard(message(id=None)), heard(message(id=None))

    assert once.activity_id != again.activity_id


def test_an_executed_card_waits_for_its_answer() -> None:
    turn = heard(card_action("sign_up", {"training": 12, "verb": "sign_up"}))

    assert (turn.kind, turn.verb, turn.awaits_card) == (Kind.ACTION, "sign_up", True)
    assert turn.data == {"training": 12}


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        [],
        {},
        {"action": "text"},
        {"action": {"verb": 5}},
        {"action": {"verb": ["sign_up"], "data": "text"}},
        {"action": {"verb": "a\x00b", "data": None}},
        {"action": {"verb": "x" * 5000}},
    ],
)
def test_a_broken_card_action_has_no_verb(value: Any) -> None:
    turn = heard(activity("invoke", name="adaptiveCard/action", value=value))

    assert (turn.verb, turn.data, turn.awaits_card) == ("", {}, True)


def test_numbers_that_no_database_takes_are_numbers_no_more() -> None:
    turn = heard(card_action(data={"a": 10**30, "b": -(10**30), "c": 7, "d": True, "e": 1.5}))

    assert turn.data == {"a": "NaN", "b": "NaN", "c": 7, "d": True, "e": 1.5}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (activity("installationUpdate", action="add"), Kind.INSTALLED),
        (activity("installationUpdate", action="add-upgrade"), Kind.CHANGED),
        (activity("installationUpdate", action="Add"), Kind.INSTALLED),
        (activity("installationUpdate", action="Remove-Upgrade"), None),
        (activity("installationUpdate", action="remove"), Kind.UNINSTALLED),
        (activity("installationUpdate", action="remove-upgrade"), None),
        (activity("installationUpdate"), None),
        (activity("conversationUpdate", membersAdded=[ANNA, {"id": BOT["id"]}]), Kind.ADDED),
        (activity("conversationUpdate", membersAdded=[ANNA]), None),
        (activity("conversationUpdate", membersAdded=[{"name": "x"}], recipient=None), None),
        (activity("conversationUpdate", membersRemoved=[BOT]), Kind.UNINSTALLED),
        (activity("conversationUpdate", channelData={"eventType": "channelRenamed"}), None),
        (activity("messageUpdate", text="rättat"), Kind.MESSAGE),
        (activity("messageUpdate", text="rättat", id=None), None),
        (
            activity("messageUpdate", text="ja", channelData={"eventType": "undeleteMessage"}),
            None,
        ),
        (activity("messageDelete"), None),
        (activity("messageReaction", reactionsAdded=[{"type": "like"}]), None),
        (activity("typing"), None),
        (activity("endOfConversation"), None),
        (activity("invoke", name="task/fetch", value={}), None),
        (activity("invoke"), None),
        (activity("somethingNew"), None),
    ],
)
def test_each_activity_has_one_kind(content: Json, kind: Kind | None) -> None:
    turn = turn_of(content)

    assert (turn.kind if turn else None) == kind


TEAM = {"id": "19:team@thread.tacv2", "name": "Trygghet"}
FIKA = {"id": "19:fika@thread.tacv2", "name": "<b>Fika</b>", "type": "Private"}


def team_event(event: Any, **data: Any) -> Json:
    channel_data = {"eventType": event, "tenant": {"id": TENANT}, **data}
    where = {"id": TEAM["id"], "conversationType": "channel", "isGroup": True}
    return activity("conversationUpdate", conversation=where, channelData=channel_data)


@pytest.mark.parametrize(
    ("event", "change"),
    [
        ("channelCreated", Change.CHANNEL_CREATED),
        ("channelRenamed", Change.CHANNEL_RENAMED),
        ("channelDeleted", Change.CHANNEL_DELETED),
        ("channelRestored", Change.CHANNEL_RESTORED),
        ("teamRenamed", Change.TEAM_RENAMED),
        ("teamDeleted", Change.TEAM_DELETED),
        ("teamHardDeleted", Change.TEAM_DELETED),
        ("teamRestored", Change.TEAM_RESTORED),
        ("teamArchived", Change.TEAM_ARCHIVED),
        ("teamUnarchived", Change.TEAM_UNARCHIVED),
    ],
)
def test_what_happens_to_teams_and_channels_is_a_change(event: str, change: Change) -> None:
    turn = heard(team_event(event, team=TEAM, channel=FIKA))

    assert (turn.kind, turn.change) == (Kind.CHANGED, change)
    place = turn.place
    assert (place.team_id, place.channel_id) == (TEAM["id"], FIKA["id"])
    assert (place.channel_name, place.channel_kind) == ("Fika", "private")
    assert turn.at == datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "content",
    [
        team_event("channelDeleted", team=TEAM),
        team_event("channelDeleted", channel=FIKA),
        team_event("channelDeleted", team=TEAM, channel={"id": 5}),
        team_event("teamArchived"),
        team_event("channelShared", team=TEAM, channel=FIKA),
        team_event(["channelDeleted"], team=TEAM, channel=FIKA),
    ],
)
def test_a_change_of_nothing_we_know_is_nothing(content: Json) -> None:
    assert turn_of(content) is None


BOT_OUT, BOT_IN = {"membersRemoved": [BOT]}, {"membersAdded": [BOT]}
OUT, IN = Change.CHANNEL_DELETED, Change.CHANNEL_LET_IN
UNTYPED = {"id": FIKA["id"], "name": "Fika"}


@pytest.mark.parametrize(
    ("event", "channel", "who", "expected"),
    [
        ("channelMemberRemoved", FIKA, BOT_OUT, OUT),
        ("channelMemberRemoved", {**FIKA, "type": "shared"}, BOT_OUT, OUT),
        ("channelMemberRemoved", UNTYPED, BOT_OUT, OUT),
        ("", FIKA, BOT_OUT, OUT),
        ("channelMemberAdded", FIKA, BOT_IN, IN),
        ("channelMemberAdded", {**FIKA, "type": "Shared"}, BOT_IN, IN),
        ("channelMemberRemoved", FIKA, {"membersRemoved": [ANNA]}, None),
        ("channelMemberAdded", FIKA, {"membersAdded": [ANNA]}, None),
        ("channelMemberRemoved", {}, BOT_OUT, None),
        ("channelMemberRemoved", {"id": TEAM["id"]}, BOT_OUT, Kind.UNINSTALLED),
        ("teamMemberRemoved", {}, BOT_OUT, Kind.UNINSTALLED),
        ("teamMemberRemoved", FIKA, BOT_OUT, Kind.UNINSTALLED),
        ("teamMemberAdded", {}, BOT_IN, Kind.ADDED),
        ("", {**FIKA, "type": "standard"}, BOT_OUT, Kind.UNINSTALLED),
    ],
)
def test_to_lose_one_channel_is_not_to_lose_the_team(
    event: str, channel: Json, who: Json, expected: Kind | Change | None
) -> None:
    turn = turn_of(team_event(event, team=TEAM, channel=channel) | who)

    assert (turn and (turn.change or turn.kind)) == expected


@pytest.mark.parametrize(
    ("action", "data", "channel", "is_chosen"),
    [
        ("add", {"settings": {"selectedChannel": {"id": "19:fika"}}}, "19:fika", True),
        ("add", {"channel": {"id": "19:fika"}}, "19:fika", True),
        ("add", {}, TEAM["id"], False),
        ("add-upgrade", {"settings": {"selectedChannel": {"id": "19:fika"}}}, "19:fika", False),
    ],
)
def test_the_channel_that_the_bot_was_added_to_is_known(
    action: str, data: Json, channel: str, is_chosen: bool
) -> None:
    where = {"id": TEAM["id"], "conversationType": "channel", "isGroup": True}
    told = {"team": TEAM, "tenant": {"id": TENANT}, **data}
    added = activity("installationUpdate", action=action, conversation=where, channelData=told)
    place = heard(added).place

    assert (place.channel_id, place.channel_is_chosen) == (channel, is_chosen)


def test_an_edit_is_not_taken_for_a_redelivery() -> None:
    first = heard(message("ja", id="17"))
    edited = heard(activity("messageUpdate", id="17", text="nej"))

    assert first.activity_id != edited.activity_id
    assert edited.activity_id.startswith("17@2026-11-02")


BROKEN: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "json"),
    "half": (b'{"type": "message"', "json"),
    "not utf-8": (b'{"type": "\xff"}', "json"),
    "NaN": (b'{"type": NaN}', "json"),
    "a huge number": (b'{"type": ' + b"9" * 10_000 + b"}", "json"),
    "100,000 levels": (b"[" * 100_000, "json"),
    "65 levels": (b'{"a":' * 65 + b"1" + b"}" * 65, "depth"),
    "64 levels": (b'{"a":' * 64 + b"1" + b"}" * 64, "type"),
    "11,000 numbers": (b"[" + b"1," * 11_000 + b"1]", "depth"),
    "11,000 empty ones": (b'{"a": [' + b"{}," * 11_000 + b"{}]}", "depth"),
    "11,000 names": (b"{" + b",".join(b'"%d": 1' % n for n in range(11_000)) + b"}", "depth"),
    "one name 11,000 times": (b"{" + b",".join([b'"a": 1'] * 11_000) + b"}", "type"),
    "11,000 commas in a text": (b'{"text": "' + b"," * 11_000 + b'"}', "type"),
    "a list": (b"[]", "object"),
    "a text": (b'"message"', "object"),
    "null": (b"null", "object"),
    "nothing in it": (b"{}", "type"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_body_is_not_an_activity(case: str) -> None:
    body, part = BROKEN[case]
    with pytest.raises(NotAnActivity, match=f"^{part}$"):
        read_activity(body)


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"type": None}, "type"),
        ({"type": 5}, "type"),
        ({"conversation": None}, "conversation"),
        ({"conversation": {}}, "conversation"),
        ({"conversation": "a:anna"}, "conversation"),
        ({"conversation": {"id": 5}}, "conversation"),
        ({"conversation": {"id": "a\x00b"}}, "conversation"),
        ({"conversation": {"id": "\ud83d"}}, "conversation"),
        ({"conversation": {"id": "x" * 2000}}, "conversation"),
        ({"from": None}, "from"),
        ({"from": {"name": "Anna"}}, "from"),
        ({"from": []}, "from"),
        ({"from": ["29:anna"]}, "from"),
        ({"id": 5}, "id"),
        ({"text": 5}, "text"),
        ({"text": ["hej"]}, "text"),
        ({"serviceUrl": ["https://x"]}, "serviceUrl"),
        ({"channelData": "text"}, "channelData"),
        ({"entities": "text"}, "entities"),
        ({"entities": [None]}, "entities"),
        ({"attachments": {"a": 1}}, "attachments"),
        ({"recipient": 5}, "recipient"),
        ({"membersAdded": ["x"]}, "membersAdded"),
        ({"membersAdded": [{}] * 1_001}, "membersAdded"),
        ({"membersRemoved": [{}] * 1_001}, "membersRemoved"),
        ({"entities": [{}] * 201}, "entities"),
        ({"attachments": [{}] * 101}, "attachments"),
        ({"timestamp": "yesterday"}, "timestamp"),
        ({"timestamp": 5}, "timestamp"),
        ({"timestamp": "0001-01-01T00:00:00+14:00"}, "timestamp"),
    ],
)
def test_a_part_of_the_wrong_type_is_refused(changes: Json, part: str) -> None:
    with pytest.raises(NotAnActivity, match=f"^{part}$"):
        turn_of(message() | changes)


scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
anything = st.recursive(
    scalars,
    lambda parts: (
        st.lists(parts, max_size=4) | st.dictionaries(st.text(max_size=8), parts, max_size=4)
    ),
    max_leaves=12,
)
KINDS = ["message", "messageUpdate", "invoke", "installationUpdate", "conversationUpdate"]
PARTS = [*message(), "value", "name", "action", "entities", "attachments", "membersAdded"]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(PARTS), anything, max_size=3))
def test_whatever_comes_is_a_turn_or_nothing_or_refused(kind: str, changes: Json) -> None:
    content = message(name="adaptiveCard/action") | {"type": kind} | changes
    try:
        turn = turn_of(content)
    except NotAnActivity:
        return
    if turn is not None:
        json.dumps(dict(turn.data), allow_nan=False).encode()
        turn.text.encode()
