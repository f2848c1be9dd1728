"""deploy/azure: it can be parsed, every setting has a place, and secrets stay secret.

Bicep's own compiler is in no registry that we reach, so types of resources are not checked.
"""

import re
from typing import Any

import pytest
from pycep import BicepParser

from tests.deploy.files import DEPLOY, EXAMPLE_VALUES

TEXT = (DEPLOY / "azure" / "main.bicep").read_text("utf-8")
EXAMPLE = (DEPLOY / "azure" / "example.bicepparam").read_text("utf-8")
MAIN: dict[str, Any] = BicepParser().parse(text=TEXT)
GIVEN = set(re.findall(r"^param (\w+)", EXAMPLE, re.MULTILINE))


def names_of(decorators: list[Any]) -> str:
    return str(decorators)


def test_the_parser_notices_a_fault() -> None:
    with pytest.raises(Exception, match=r"Unexpected|Expected"):
        BicepParser().parse(text=TEXT.replace("targetScope = ", "targetScope := ", 1))


def test_every_setting_is_set_or_said_to_keep_its_value() -> None:
    settings = {name for name in EXAMPLE_VALUES if name.startswith("TRYGGVE_")}
    set_here = set(re.findall(r"name: '(TRYGGVE_\w+)'", TEXT))
    kept = re.search(r"De som står kvar på sitt värde: ([^.]+)\.", TEXT.replace("\n//", ""))

    assert kept
    assert set_here | set(re.findall(r"TRYGGVE_\w+", kept[1])) == settings
    assert not set_here & set(re.findall(r"TRYGGVE_\w+", kept[1]))


def test_the_example_gives_what_has_no_value_and_nothing_that_is_not_asked_for() -> None:
    parameters = MAIN["parameters"]
    needed = {name for name, one in parameters.items() if one.get("default") is None}

    assert parameters.keys() >= GIVEN
    assert needed <= GIVEN


@pytest.mark.parametrize("name", ["appPassword", "databasePassword", "metricsToken"])
def test_a_secret_is_marked_and_read_from_the_environment(name: str) -> None:
    assert "secure" in names_of(MAIN["parameters"][name]["decorators"])
    assert re.search(rf"^param {name} = readEnvironmentVariable\(", EXAMPLE, re.MULTILINE)


def test_secrets_reach_the_containers_only_through_the_vault() -> None:
    settings = [
        *MAIN["variables"]["settings"]["value"],
        MAIN["variables"]["passwordSetting"]["value"],
    ]
    hidden = {one["name"] for one in settings if "secretRef" in one}

    assert hidden == {"TRYGGVE_APP_PASSWORD", "TRYGGVE_DATABASE_URL", "TRYGGVE_METRICS_TOKEN"}
    assert all("keyVaultUrl" in one for one in MAIN["variables"]["secrets"]["value"])


def test_the_kind_of_bot_that_cannot_be_made_any_more_cannot_be_chosen() -> None:
    assert "MultiTenant" not in names_of(MAIN["parameters"]["appType"]["decorators"])


def test_data_stays_in_sweden_and_the_bots_in_the_union() -> None:
    assert MAIN["parameters"]["location"]["default"] == "swedencentral"
    assert MAIN["parameters"]["botLocation"]["default"] == "westeurope"


def test_the_containers_do_what_compose_does() -> None:
    commands = re.findall(r"command: \[(.+)\]", TEXT)

    assert commands == [
        "'tryggve', 'migrate'",
        "'tryggve', 'serve', '--no-sender'",
        "'tryggve', 'work'",
    ]


def test_none_starts_on_a_database_that_is_not_up_to_date() -> None:
    """A container that ends at once fails the deployment that was to make it."""
    apps = TEXT.count("'Microsoft.App/containerApps@")

    assert TEXT.count("initContainers: [migrate]") == apps == 2
