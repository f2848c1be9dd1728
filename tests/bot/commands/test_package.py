"""The app package that an administrator uploads: whole, valid, and true to the bot."""

import json
import os
import re
import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZipFile

import jsonschema_rs
import pytest
from PIL import Image, ImageChops, ImageColor

from bot.commands.node import ROOT
from bot.commands.package import DEMO_APP_ID, build_package, manifest
from bot.settings import Settings, SettingsError
from bot.web.pages import PAGES
from dialogs.conversation.intents import understand

SCHEMAS = ROOT / "node_modules/@microsoft/app-manifest/build/json-schemas/teams"
SETTINGS = Settings(
    app_id="9a1f6d20-3c48-4be7-8d05-72c3e9b4f611",
    tenants={"7d1c5f0e-3b52-4a86-9f1d-2c6e8a40b917": "0180"},
    public_url="https://tryggve.exempelkommun.example",
    organisation="Exempelkommun",
)
MANIFEST = manifest(SETTINGS)
COMMANDS = [
    command["title"] for each in MANIFEST["bots"][0]["commandLists"] for command in each["commands"]
]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    path = SCHEMAS / f"v{MANIFEST['manifestVersion']}" / "MicrosoftTeams.schema.json"
    if not path.exists():
        reason = "npm-paketet med Teams schema saknas: manifestet prövas inte mot schemat"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8-sig"))
    return loaded


def icon(settings: Settings, folder: Path, name: str) -> Image.Image:
    with ZipFile(build_package(settings, folder)) as package:
        return Image.open(BytesIO(package.read(name)))


def test_the_manifest_follows_the_schema(schema: dict[str, Any]) -> None:
    errors = jsonschema_rs.validator_for(schema).iter_errors(MANIFEST)

    assert [error.message for error in errors] == []


@pytest.mark.parametrize(
    "fault",
    [{"nmae": {}}, {"version": 1}, {"accentColor": "blue"}, {"id": "tryggve"}, {"bots": [{}]}],
)
def test_the_schema_notices_a_fault(schema: dict[str, Any], fault: dict[str, Any]) -> None:
    assert not jsonschema_rs.validator_for(schema).is_valid(MANIFEST | fault)


def test_the_package_holds_the_manifest_and_two_icons_only(tmp_path: Path) -> None:
    with ZipFile(build_package(SETTINGS, tmp_path)) as package:
        assert package.namelist() == ["manifest.json", "color.png", "outline.png"]
        assert json.loads(package.read("manifest.json")) == MANIFEST


def test_the_same_settings_give_the_same_bytes(tmp_path: Path) -> None:
    first = build_package(SETTINGS, tmp_path / "a").read_bytes()

    assert build_package(SETTINGS, tmp_path / "b").read_bytes() == first


def test_the_version_is_the_projects(tmp_path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert re.fullmatch(r"\d+\.\d+\.\d+", MANIFEST["version"])
    assert project["version"].startswith(MANIFEST["version"])
    assert project["version"] in build_package(SETTINGS, tmp_path).name


def test_app_and_bot_carry_the_registered_id() -> None:
    assert MANIFEST["id"] == MANIFEST["bots"][0]["botId"] == SETTINGS.app_id


def test_a_demo_has_a_made_up_id_and_its_own_address() -> None:
    demo = manifest(Settings(demo=True))

    assert demo["id"] == DEMO_APP_ID
    assert demo["developer"]["websiteUrl"] == "http://127.0.0.1:3978/"


def test_without_a_public_address_there_is_no_package(tmp_path: Path) -> None:
    hidden = SETTINGS.model_copy(update={"public_url": ""})

    with pytest.raises(SettingsError) as fault:
        build_package(hidden, tmp_path)

    assert fault.value.name == "TRYGGVE_PUBLIC_URL"
    assert not list(tmp_path.iterdir())


def test_a_long_organisation_is_shortened_between_words() -> None:
    long = SETTINGS.model_copy(update={"organisation": "Länsstyrelsen i Västra Götalands län"})

    assert manifest(long)["developer"]["name"] == "Länsstyrelsen i Västra …"


def test_a_quote_in_a_setting_stays_text() -> None:
    odd = SETTINGS.model_copy(update={"organisation": 'Kommunen "$x" {y}'})

    assert manifest(odd)["developer"]["name"] == 'Kommunen "$x" {y}'


def test_names_and_descriptions_keep_the_store_rules() -> None:
    short, full = MANIFEST["name"]["short"], MANIFEST["description"]["full"]
    brief = MANIFEST["description"]["short"]

    assert short == "Tryggve"
    assert len(short) <= 30
    assert len(brief) <= 80
    assert brief.count(".") == 1
    assert brief.endswith(".")
    assert len(full) <= 4000
    assert len(full.split()) <= 500
    assert full.index("Microsoft Teams") == full.index("Teams") - len("Microsoft ")
    assert not {"app", "ms", "msft"} & {word.strip(".,") for word in (brief + full).lower().split()}


def test_pages_are_https_and_served_by_the_bot() -> None:
    links = [MANIFEST["developer"][name] for name in ("websiteUrl", "privacyUrl", "termsOfUseUrl")]

    assert all(link.startswith("https://") for link in links)
    assert {urlsplit(link).path for link in links} <= PAGES.keys()


def test_only_our_own_domain_is_valid() -> None:
    assert MANIFEST["validDomains"] == ["tryggve.exempelkommun.example"]


def test_it_talks_back() -> None:
    assert not MANIFEST["bots"][0].get("isNotificationOnly", False)
    assert set(MANIFEST["bots"][0]["scopes"]) == {"personal", "team", "groupChat"}


def test_it_can_be_added_to_private_and_shared_channels() -> None:
    assert set(MANIFEST["supportedChannelTypes"]) == {"sharedChannels", "privateChannels"}


def test_the_command_menu_is_short() -> None:
    for menu in MANIFEST["bots"][0]["commandLists"]:
        titles = [command["title"] for command in menu["commands"]]
        assert 1 <= len(titles) <= 6
        assert len(set(titles)) == len(titles)
        assert all(command["description"] for command in menu["commands"])


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_a_command_in_the_menu_is_understood(command: str) -> None:
    assert len(command.split()) <= 2
    assert command[0].isalpha()
    assert understand(command) is not None


def test_the_color_icon_keeps_its_symbol_in_the_middle(tmp_path: Path) -> None:
    color = icon(SETTINGS, tmp_path, "color.png").convert("RGB")
    ground = color.getpixel((0, 0))
    plain = Image.new("RGB", color.size, ground)
    symbol = ImageChops.difference(color, plain).getbbox()

    assert color.size == (192, 192)
    assert symbol == (48, 48, 144, 144)
    assert ground == ImageColor.getrgb(MANIFEST["accentColor"])


def test_the_outline_icon_is_white_on_nothing_and_fills_its_square(tmp_path: Path) -> None:
    outline = icon(SETTINGS, tmp_path, "outline.png")
    alpha = outline.getchannel("A")

    assert (outline.size, outline.mode) == ((32, 32), "RGBA")
    assert {pixel[:3] for _, pixel in outline.getcolors(1024)} == {(255, 255, 255)}
    assert alpha.getbbox() == (0, 0, 32, 32)
    assert alpha.getextrema() == (0, 255)


def test_both_icons_show_the_same_symbol(tmp_path: Path) -> None:
    color = icon(SETTINGS, tmp_path, "color.png").convert("L").crop((48, 48, 144, 144))
    outline = icon(SETTINGS, tmp_path, "outline.png").getchannel("A")
    white = color.point(lambda v: 255 if v > 160 else 0).reduce(3)
    differing = sum(
        abs(one - other) > 128
        for one, other in zip(white.tobytes(), outline.tobytes(), strict=True)
    )

    assert differing <= 0.03 * 32 * 32
