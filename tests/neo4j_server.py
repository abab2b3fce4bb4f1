"""A real Neo4j server, put together from its Maven artifacts and started on a free port of this machine."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import time
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

__all__ = ["DEFAULT_VERSION", "Neo4jServer", "assemble", "java_for"]

DEFAULT_VERSION = "5.26.12"
_POM = Path(__file__).parent / "neo4j" / "pom.xml"
_OPENS = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
_SETTINGS = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.heap.max_size=768m
server.memory.pagecache.size=256m
dbms.usage_report.enabled=false
"""


def java_for(version: str) -> str | None:
    """A Java that runs this version: PAPERKG_TEST_JAVA, else the one on the path."""
    return os.environ.get("PAPERKG_TEST_JAVA") or (
        shutil.which("java") if version.startswith("5.") else os.environ.get("PAPERKG_TEST_JAVA_21")
    )


def assemble(version: str) -> Path:
    """The folder of the server's jars, fetched once with Maven into the user's cache."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "paperkg" / f"neo4j-{version}"
    if not (cache / "complete").exists():
        subprocess.run(
            [
                "mvn", "-q", "-B", "-f", str(_POM), "dependency:copy-dependencies", f"-Dneo4j.version={version}",
                "-DincludeScope=runtime", f"-DoutputDirectory={cache / 'lib'}",
            ],
            check=True, timeout=600,
        )  # fmt: skip
        (cache / "complete").touch()
    return cache / "lib"


class Neo4jServer:
    """One server with a home of its own; `start` may follow `stop` or `kill`. `plugins` is a folder of jars."""

    def __init__(self, home: Path, version: str = DEFAULT_VERSION, plugins: Path | None = None) -> None:
        self.home, self.version = home, version
        self.password = f"p{secrets.token_urlsafe(12)}"  # one that begins with a dash would be taken for an option
        self.username = "neo4j"
        java = java_for(version)
        assert java, "no Java was found"
        path = os.pathsep.join(f"{folder}/*" for folder in (assemble(version), plugins) if folder)
        self._java = [java, "-Xmx768m", "-cp", path, *(f"--add-opens=java.base/{one}=ALL-UNNAMED" for one in _OPENS)]
        self._process: subprocess.Popen[bytes] | None = None
        for name in ("conf", "data", "logs", "import", "plugins", "run"):
            (home / name).mkdir(parents=True, exist_ok=True)
        for jar in sorted(plugins.glob("*.jar")) if plugins else ():
            shutil.copy(jar, home / "plugins")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        (home / "conf" / "neo4j.conf").write_text(_SETTINGS.format(port=self.port))
        self.admin("dbms", "set-initial-password", self.password)

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    def admin(self, *arguments: str) -> str:
        """Run neo4j-admin; what it said."""
        environment = os.environ | {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        command = [*self._java, "org.neo4j.cli.AdminTool", *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self) -> None:
        main = "org.neo4j.server.CommunityEntryPoint" if self.version.startswith("5.") else "org.neo4j.server.Neo4jCommunity"
        with (self.home / "logs" / "console.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*self._java, main, f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        deadline = time.monotonic() + 300
        while not self._answers():
            assert self._process.poll() is None, (self.home / "logs" / "console.log").read_text()
            assert time.monotonic() < deadline, "the server did not start within 300 seconds"
            time.sleep(0.2)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                pass
            with GraphDatabase.driver(self.uri, auth=(self.username, self.password)) as driver:
                driver.verify_connectivity()
        except (OSError, DriverError, Neo4jError):
            return False
        return True

    def stop(self) -> None:
        self._end(kill=False)

    def kill(self) -> None:
        self._end(kill=True)

    def _end(self, *, kill: bool) -> None:
        if self._process is not None:
            self._process.kill() if kill else self._process.terminate()
            self._process.wait(60)
            self._process = None
