"""compose.yaml: two of each, nothing open that need not be, and no variable unexplained."""

import json
import re
from typing import Any

import pytest
from compose_spec import PyCompose

from bot.commands import _parser
from bot.settings import Settings
from knowledge.storage.database import READERS, WRITERS
from tests.deploy.files import DEPLOY, EXAMPLE_VALUES, compose

SERVICES: dict[str, dict[str, Any]] = compose()["services"]


def test_it_follows_the_specification() -> None:
    PyCompose.from_json(json.dumps(compose())).validate()


def test_the_specification_notices_a_fault() -> None:
    faulty = compose()
    faulty["services"]["worker"]["reed_only"] = True

    with pytest.raises(ValueError, match="reed_only"):
        PyCompose.from_json(json.dumps(faulty)).validate()


def test_there_are_two_servers_and_two_workers_with_a_database_and_a_proxy() -> None:
    others = {name for name, service in SERVICES.items() if "profiles" in service}
    assert others == {"backup"}  # only when it is asked for
    assert SERVICES.keys() - others == {"postgres", "migrate", "tryggve", "worker", "proxy"}
    assert SERVICES["tryggve"]["deploy"]["replicas"] == 2
    assert SERVICES["worker"]["deploy"]["replicas"] == 2


def test_the_database_has_room_for_everybody_and_an_upgrade() -> None:
    """While one is replaced, old and new may hold theirs for a moment."""
    postgres = SERVICES["postgres"]
    room = int(re.findall(r"max_connections=(\d+)", " ".join(postgres["command"]))[0])
    processes = sum(SERVICES[name]["deploy"]["replicas"] for name in ("tryggve", "worker"))
    for_superusers = 3

    assert room - for_superusers >= (processes + 3) * (WRITERS + READERS)
    assert postgres["pids_limit"] > room


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_may_do_more_than_it_must(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


@pytest.mark.parametrize("name", SERVICES)
def test_no_log_fills_the_disk(name: str) -> None:
    assert SERVICES[name]["logging"]["options"].keys() == {"max-size", "max-file"}


@pytest.mark.parametrize("name", ["postgres", "proxy"])
def test_what_others_made_is_named_to_the_last_figure(name: str) -> None:
    assert re.search(r":\d+\.\d+[\w.-]*$|@sha256:[0-9a-f]{64}$", SERVICES[name]["image"])


def test_only_the_proxy_is_reached_from_outside_and_the_database_from_inside_alone() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert SERVICES["postgres"]["networks"] == ["inside"]
    assert compose()["networks"]["inside"]["internal"] is True


def test_every_command_is_one_of_tryggves() -> None:
    for name in ("migrate", "tryggve", "worker", "backup"):
        program, *words = SERVICES[name]["command"]
        assert program == "tryggve"
        assert _parser().parse_args(words)


def test_every_variable_is_explained_in_the_example() -> None:
    written = (DEPLOY / "compose.yaml").read_text("utf-8")
    used = set(re.findall(r"\$\{(\w+)", written)) - {"CORPORATE_CA"}  # too long for a line

    assert used <= EXAMPLE_VALUES.keys()
    own = {name for name in EXAMPLE_VALUES if not name.startswith("TRYGGVE_")}
    assert own <= used


def test_every_setting_that_it_makes_is_one() -> None:
    made = {
        name.removeprefix("TRYGGVE_").lower()
        for service in ("migrate", "tryggve", "worker", "backup")
        for name in SERVICES[service]["environment"]
    }

    assert made
    assert made <= Settings.model_fields.keys()
