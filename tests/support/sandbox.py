"""The sandbox as a separate process, for tests that need a tenant.

`Sandbox` starts the real program on a free loopback port and uses its control plane. Use it as a context manager, or
call `stop()`. It shares no code with the provider's client.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Self

from provider.sandbox.switches import SWITCHES

API_KEY = "sandbox-test-key"
START_SECONDS = 30
STOP_SECONDS = 10
_OFF = {switch.on: switch.off for switch in SWITCHES}
"""The names of the options that turn a switch off, by the names of those that turn it on."""
ANNOUNCEMENT = "listening on "


def _environment() -> dict[str, str]:
    root = str(Path(__file__).parents[2])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


class Answer:
    """An HTTP response: `status`, `headers`, `text`, and `json`, which is None if the text is not JSON."""

    def __init__(self, status: int, headers: Any, text: str) -> None:
        self.status = status
        self.headers = headers
        self.text = text

    @property
    def json(self) -> Any:
        try:
            return json.loads(self.text)
        except ValueError:
            return None


def _argument(name: str, value: float | str | bool) -> str:
    """Return an option of the command line. A switch that is off has another name."""
    option = f"--{(_OFF[name] if value is False else name).replace('_', '-')}"
    return option if isinstance(value, bool) else f"{option}={value}"


class Sandbox:
    """A running sandbox: `url` without a final slash, `api_key`, `database` (a path), `process`.

    Without a path, the database is in a temporary folder that `stop()` removes. `options` are those of the program by
    the names of `Options`, such as `run_seconds=5` and `surface_schedules=True`. With `capture_stderr`,
    `process.stderr` contains the errors of the program.
    """

    def __init__(
        self,
        database: Path | None = None,
        *,
        api_key: str = API_KEY,
        capture_stderr: bool = False,
        **options: float | str | bool,
    ) -> None:
        self._folder = None if database else tempfile.TemporaryDirectory(prefix="sandbox-")
        self.database = database or Path(self._folder.name) / "tenant.sqlite"
        self.api_key = api_key
        self._options = [_argument(name, value) for name, value in options.items()]
        self._stderr = subprocess.PIPE if capture_stderr else None
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.url = ""
        self.process: subprocess.Popen[str] | None = None
        self.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def port(self) -> int:
        """Return the port of the program, or 0 before the first start."""
        return int(self.url.rpartition(":")[2] or 0)

    def start(self) -> None:
        """Start the program, on its previous port if there is one, and wait until it listens."""
        command = [sys.executable, "-m", "provider.sandbox", "--port", str(self.port)]
        command += ["--database", str(self.database), "--api-key", self.api_key, *self._options]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=self._stderr, text=True, env=_environment()
        )
        try:
            self.url = self._announced()
        except BaseException:
            self._end()
            raise

    def _announced(self) -> str:
        assert self.process is not None
        assert self.process.stdout is not None
        lines: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=lambda out: lines.put(out.readline()), args=(self.process.stdout,))
        reader.start()
        try:
            line = lines.get(timeout=START_SECONDS)
        except queue.Empty:
            self.process.kill()
            raise AssertionError(f"the sandbox did not listen within {START_SECONDS} s") from None
        finally:
            reader.join()
        assert line.startswith(ANNOUNCEMENT), f"the sandbox printed {line!r}"
        return line.removeprefix(ANNOUNCEMENT).strip()

    def _end(self) -> int:
        """Terminate the process if it runs, and return its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.terminate()
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
        finally:
            for stream in filter(None, (self.process.stdout, self.process.stderr)):
                stream.close()

    def runs(self) -> bool:
        """Return True if the program runs."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> int:
        """Stop the program with SIGTERM, remove a temporary database, and return the exit code."""
        code = self._end()
        if self._folder is not None:
            self._folder.cleanup()
        return code

    def restart(self) -> None:
        """Stop, and start again with the same file, options and port."""
        self._end()
        self.start()

    def kill(self) -> None:
        """Kill the process, as a crash does. `start()` starts it again."""
        assert self.process is not None
        self.process.kill()
        self._end()

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: dict[str, str] | None = None,
        timeout: float = 30,
    ) -> Answer:
        """Send one request with the key, and `body` as JSON.

        Return any response. Raises OSError for a lost connection.
        """
        data = None if body is None else json.dumps(body).encode()
        return self.send(method, path, data, headers=headers, timeout=timeout)

    def send(
        self,
        method: str,
        path: str,
        data: bytes | None,
        *,
        headers: dict[str, str] | None = None,
        timeout: float = 30,
    ) -> Answer:
        """Send a request as `call` does, with these bytes as its body."""
        sent = {"Authorization": f"Bearer {self.api_key}", "Content-Type": "application/json", **(headers or {})}
        request = urllib.request.Request(self.url + path, data, sent, method=method)
        try:
            with self._opener.open(request, timeout=timeout) as response:
                return Answer(response.status, response.headers, response.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read().decode())

    def _control(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.call(method, f"/_sandbox/{path}", body)
        assert answer.status == 200, answer.text
        return answer.json

    def requests(self) -> list[dict[str, Any]]:
        """Return the request log: `{method, path, query, status, request_id, at}`, with `at` in epoch seconds."""
        return self._control("GET", "requests")

    def writes(self) -> list[dict[str, Any]]:
        """Return the logged requests that change something. A search of the index is a POST that only reads."""
        return [
            each for each in self.requests() if each["method"] != "GET" and not each["path"].endswith("/indexsearch")
        ]

    def workflows(self) -> list[dict[str, Any]]:
        """Return all stored workflows, live or archived, oldest first. `inputs` are those in the database."""
        return self._control("GET", "workflows")

    def credentials(self) -> list[dict[str, Any]]:
        """Return all stored credentials, live or archived, oldest first: `{guid, name, archived}`."""
        return self._control("GET", "credentials")

    def hand_over(self, slug: str, owner: str) -> None:
        """Give a workflow another owner."""
        self._control("POST", f"workflows/{slug}/owner", {"owner": owner})

    def show_args(self, slug: str, args: dict[str, Any]) -> None:
        """Make a read of the workflow's published version return these inputs, whatever was published."""
        self._control("POST", f"workflows/{slug}/args", args)

    def lag(self, *, lags: bool = True) -> None:
        """Freeze the list of workflows at its current content, or stop that."""
        self._control("POST", "list", {"lags": lags})

    def change_marketplace(self, **form: str) -> None:
        """Change the form of the list of apps: container, id, native, keys, pages."""
        self._control("POST", "marketplace", form)

    def reset(self) -> None:
        """Remove all state, the request log and the faults."""
        self._control("POST", "reset")

    def fault(self, method: str, path: str, *, times: int = 1, **what: Any) -> None:
        """Add a fault. `what`: status, headers, body, delay_ms, drop ("before" or "after"), reset, made."""
        self._control("POST", "faults", {"method": method, "path": path, "times": times, **what})

    def clear_faults(self) -> None:
        self._control("DELETE", "faults")

    def chaos(self, *, seed: int, failing: float, latency_ms: tuple[float, float]) -> None:
        """From now on, refuse the share `failing` of requests with a 429 or 503, and delay each answer."""
        self._control("POST", "chaos", {"seed": seed, "failing": failing, "latency_ms": latency_ms})

    def set_run(self, run_id: str, status: str, *, allow_unknown: bool = False) -> dict[str, Any]:
        """Set a run's status, which then stays the same, and return the run."""
        return self._control("POST", f"runs/{run_id}", {"status": status, "allow_unknown": allow_unknown})

    def expect_run(self, *statuses: str, allow_unknown: bool = False) -> None:
        """Set the statuses of the next run: the first one at its submission, one more at each read.

        With `allow_unknown`, the service need not have these statuses.
        """
        self._control("POST", "runs", {"statuses": statuses, "allow_unknown": allow_unknown})

    def expect_reason(self, node: str, message: str | None = None) -> None:
        """Set the node that fails in the next failed run, and its message."""
        self._control("POST", "run-reasons", {"node": node} | ({} if message is None else {"message": message}))

    def refuse_as_not_ready(self, times: int = 1, **advice: Any) -> None:
        """Make the next submits answer as those of an app that is still starting. `advice` is added to the body."""
        message = 'Post "http://app:8000/start": dial tcp 10.0.0.1:8000: connect: connection refused'
        self.fault("POST", "/submit$", times=times, status=500, body={"code": 500, "message": message, **advice})

    def lose_run(self, run_id: str) -> None:
        """Make the service forget a run."""
        self._control("DELETE", f"runs/{run_id}")

    def make_connection(self, qualified_name: str, name: str, **attributes: Any) -> dict[str, Any]:
        """Create a connection, or change its attributes (keys as on the wire). Return its attributes."""
        given = {"qualifiedName": qualified_name, "name": name, **attributes}
        return self._control("POST", "connections", {"attributes": given})["entity"]["attributes"]

    def verify(self, guid: str, **secrets: Any) -> bool:
        """Return True if the stored secrets contain these: `password`, and keys and values of `extra`."""
        return self._control("POST", f"credentials/{guid}/verify", secrets)["matches"]
