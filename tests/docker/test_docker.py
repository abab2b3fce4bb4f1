"""The container files, as far as a machine without a container engine can check them: read as data, and by a client where one is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "docker" / "compose.yaml"
DOCKERFILE = (ROOT / "docker" / "Dockerfile").read_text("utf-8")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return dict(yaml.safe_load(COMPOSE.read_text("utf-8"))["services"])


def client() -> list[str] | None:
    """The compose command of this machine."""
    if not shutil.which("docker"):
        return None
    found = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return ["docker", "compose"] if found.returncode == 0 else None


def test_neo4j_is_pinned_to_the_version_that_tests_run(services: dict[str, Any]) -> None:
    tested = re.search(r"<neo4j\.version>([\d.]+)<", (ROOT / "tests" / "neo4j" / "pom.xml").read_text("utf-8"))
    assert tested
    assert services["neo4j"]["image"] == f"neo4j:{tested[1]}-community"
    assert tested[1].startswith("5.26.")


def test_password_comes_from_the_environment_alone(services: dict[str, Any]) -> None:
    assert services["neo4j"]["environment"]["NEO4J_AUTH"].startswith("neo4j/${NEO4J_PASSWORD:?")
    assert services["kg"]["environment"]["NEO4J_PASSWORD"].startswith("${NEO4J_PASSWORD:?")
    # The server's image reads every other NEO4J_ variable as a setting and refuses to start on an unknown one.
    assert "NEO4J_PASSWORD" not in services["neo4j"]["environment"]


def test_ports_are_open_on_this_machine_alone(services: dict[str, Any]) -> None:
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_server_is_asked_whether_it_answers_before_the_tool_starts(services: dict[str, Any]) -> None:
    kind, command = services["neo4j"]["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    assert "cypher-shell" in command
    assert services["kg"]["depends_on"]["neo4j"]["condition"] == "service_healthy"


def test_tool_runs_without_rights(services: dict[str, Any]) -> None:
    tool = services["kg"]
    assert tool["read_only"] is True
    assert tool["cap_drop"] == ["ALL"]
    assert DOCKERFILE.rindex("USER 10001") > DOCKERFILE.rindex("FROM ")


def test_image_is_built_in_two_stages_from_a_pinned_python() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(bases) == 2
    assert all(re.fullmatch(r"python:3\.\d+-slim-\w+", base) for base in bases)


def test_every_copied_file_is_there_and_let_through() -> None:
    allowed = (ROOT / "docker" / "Dockerfile.dockerignore").read_text("utf-8").split()
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE):
        for name in line.split()[:-1]:
            assert (ROOT / name).exists(), name
            assert f"!{name}" in allowed


def test_a_compose_client_accepts_the_file() -> None:
    command = client()
    if command is None:
        pytest.skip("no docker compose client on this machine")
    done = subprocess.run(
        [*command, "--file", str(COMPOSE), "config", "--quiet"],
        env={**os.environ, "NEO4J_PASSWORD": "a-password"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
