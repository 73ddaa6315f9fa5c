"""A provider of invented objects, for the tests of the framework. ``python -m tests.support.toy_provider`` serves it.

``--tf`` serves the same provider with tf's own runner, for comparison, and ``--debug`` serves it for a debugger. The
attribute ``fail`` of a resource says how its calls fail, and a ``gate`` (see ``gate.py``) makes a call wait.
"""

import os
import sys
import threading
from collections.abc import Iterable
from typing import Any

from provider.framework import (
    BOOL,
    DYNAMIC,
    GONE,
    NUMBER,
    STRING,
    Attribute,
    Context,
    DataSource,
    Diagnostics,
    Finding,
    Gone,
    MoveSource,
    Nested,
    PlanContext,
    Provider,
    Resource,
    Schema,
    State,
    UserError,
    list_of,
    map_of,
    object_of,
    redaction,
)
from provider.framework.protocol.codec import DecodeError
from provider.framework.server import handshake, start
from provider.framework.types import CtyType
from tests.support import gate, toy_functions
from tests.support.toy_functions import RAISED

SECRET = 'not-a-real-"secret"-0815'


def _attribute(name: str, type_: Any = None, **rules: Any) -> Attribute:
    kind = rules.keys() & {"required", "computed", "optional"}
    return Attribute(name, type_, description=f"The {name}.", **({} if kind else {"optional": True}), **rules)


def _port() -> list[Attribute]:
    return [
        _attribute("number", NUMBER, required=True),
        _attribute("protocol", STRING, optional=True, default="tcp"),
        _attribute("zone", STRING, requires_replace=True),
        _attribute("assigned", STRING, computed=True),
        _attribute("serial", STRING, computed=True, keep=True),
    ]


PLAIN = Schema(
    [
        _attribute("id", STRING, computed=True, keep=True),
        _attribute("slug", STRING, computed=True, keep=True),
        _attribute("name", STRING, required=True),
        _attribute("text", STRING),
        _attribute("number", NUMBER),
        _attribute("kind", STRING, requires_replace=True),
        _attribute("mode", STRING, optional=True, default="small"),
        _attribute("revision", STRING, computed=True),
        _attribute("extra", DYNAMIC),
        _attribute(
            "owner",
            nested=Nested("SINGLE", [_attribute("name", STRING), _attribute("region", STRING, requires_replace=True)]),
        ),
        _attribute("gate", STRING),
        _attribute("fail", STRING),
    ],
    description="Uses nothing that tf's own servicer does not hand over.",
)

THING = Schema(
    [
        _attribute("id", STRING, computed=True, keep=True),
        _attribute("name", STRING, required=True),
        _attribute("mode", STRING, optional=True, default="small"),
        _attribute("order", CtyType(["set", "string"]), optional=True, default=["b", "a"]),
        _attribute("revision", NUMBER, computed=True),
        _attribute("flag", BOOL),
        _attribute("number", NUMBER),
        _attribute("tags", map_of(STRING)),
        _attribute("numbers", list_of(NUMBER)),
        _attribute("labels", CtyType(["set", "string"])),
        _attribute("box", object_of(width=NUMBER, title=STRING)),
        _attribute("pair", CtyType(["tuple", ["string", "number"]])),
        _attribute("extra", DYNAMIC),
        _attribute("secret_wo", STRING, write_only=True),
        _attribute(
            "owner",
            nested=Nested(
                "SINGLE",
                [
                    _attribute("name", STRING, required=True),
                    _attribute("level", NUMBER, optional=True, default=1),
                    _attribute("region", STRING, requires_replace=True),
                    _attribute("key_wo", STRING, write_only=True),
                    _attribute("badge", STRING, computed=True),
                ],
            ),
        ),
        _attribute("ports", nested=Nested("LIST", _port())),
        _attribute("routes", nested=Nested("MAP", _port())),
        _attribute("rules", nested=Nested("SET", _port())),
        _attribute("fail", STRING),
    ],
    description="Uses everything.",
    version=3,
)


LOOKUP = Schema(
    [
        _attribute("name", STRING, required=True),
        _attribute("weight", NUMBER),
        _attribute("options", DYNAMIC),
        _attribute("big", NUMBER, computed=True),
        _attribute("found", DYNAMIC, computed=True),
    ],
    description="Looks something up.",
)


class _Toy(Resource[State]):
    """A resource that records each call in the provider."""

    def _called(self, method: str, ctx: Any, **states: Any) -> None:
        told = {name: getattr(ctx, name, None) for name in ("config", "private", "changed")}
        self.provider_data.calls.append((method, states | {"told": told}))


class Plain(_Toy):
    """A resource that is created at once, or when its gate opens. Each update increases its revision."""

    name = "plain"
    schema = PLAIN

    def plan(self, ctx: Any, current: State | None, planned: State | None) -> State | None:
        self._called("plan", ctx, current=current, planned=planned)
        return planned

    def create(self, ctx: Any, planned: State) -> State:
        print("noise of a library", flush=True)  # noqa: T201 - what must not reach Terraform
        if planned["gate"]:
            gate.pass_through(planned["gate"], planned["name"])
        if planned["fail"] == "create":
            raise RuntimeError("this text is for a log")
        state = {**planned, "id": f"id-{planned['name']}", "slug": f"slug-{planned['name']}", "revision": "1"}
        return {**state, "extra": object()} if planned["fail"] == "value" else state

    def read(self, ctx: Any, current: State) -> State | Gone:
        self._called("read", ctx, current=current)
        if current["fail"] == "read":
            raise RuntimeError("this text is for a log")
        return current

    def update(self, ctx: Any, current: State, planned: State) -> State:
        return {**planned, "revision": str(int(current["revision"]) + 1)}

    def delete(self, ctx: Any, current: State) -> None:
        if current["fail"] == "delete":
            raise RuntimeError("this text is for a log")


class Thing(_Toy):
    """A resource that counts its calls in private state."""

    name = "thing"
    schema = THING

    def check_config(self, config: State) -> Iterable[Finding]:
        self._called("validate", None, current=config)
        if config["fail"] == "escape":
            yield Finding("red \x1b[31m\ud800", "bell \x07 and\nnew line", ["tags", ("k\x00\ud800",), "deeper"])

    def plan(self, ctx: PlanContext, current: State | None, planned: State | None) -> State | None:
        self._called("plan", ctx, current=current, planned=planned)
        ctx.private["planned"] = ctx.private.get("planned", 0) + 1
        if planned and planned["fail"] == "plan":
            raise UserError("The plan is refused", "Choose another.", ["fail"])
        if planned and planned["fail"] == "plan reports":
            ctx.report([Finding("The plan is refused", "Choose another.", ["fail"])])
        if planned and planned["fail"] == "plan breaks":
            raise RAISED["unexpected"]
        if planned and planned["fail"] == "plan returns nothing":
            return None
        return planned

    def create(self, ctx: Context, planned: State) -> State:
        self._called("create", ctx, planned=planned)
        state = {**planned, "id": "id-1", "revision": 1}
        ctx.private["applied"] = 1
        return self._finish(ctx, planned, state)

    def _finish(self, ctx: Context, planned: State, state: State) -> State:
        fail = planned["fail"] or ""
        if fail == "before":
            raise UserError("It was refused", "Ask for less.", ["name"])
        if fail.endswith("after save"):
            ctx.save(state)
        raised = RAISED.get(fail.removesuffix(" after save"))
        if raised is not None:
            raise raised
        return {**state, **_RETURNED.get(fail, {})} if fail != "none after save" else None  # type: ignore[return-value]

    def read(self, ctx: Context, current: State) -> State | Gone:
        self._called("read", ctx, current=current)
        if current["fail"] in ("read", "exit"):
            raise RAISED[current["fail"]]
        return GONE if current["fail"] == "gone" else {**current, "secret_wo": "never stored"}

    def update(self, ctx: Context, current: State, planned: State) -> State:
        self._called("update", ctx, current=current, planned=planned)
        ctx.private["applied"] = ctx.private.get("applied", 0) + 1
        return self._finish(ctx, planned, {**planned, "revision": (current["revision"] or 0) + 1})

    def delete(self, ctx: Context, current: State) -> None:
        self._called("delete", ctx, current=current)
        if current["fail"] == "delete":
            raise UserError("It stays", "Try again.")

    def import_(self, ctx: Context, id: str) -> State:  # noqa: A002 - tf's name for it
        if id == "missing":
            raise UserError("There is nothing of that id", "Look it up.")
        ctx.private["imported"] = True
        return {"id": id, "name": f"name of {id}", "extra": {"list": [1, None]}, "secret_wo": "never stored"}

    def move(self, ctx: Context, source: MoveSource) -> State:
        if source.type_name != "box":
            return super().move(ctx, source)
        self._called("move", ctx, source=source)
        ctx.private["moved"] = True
        return {"id": source.state["id"], "secret_wo": "never stored"}


_RETURNED: dict[str, State] = {
    "value": {"extra": object(), "pair": ["too", 1, "many"], "number": "not a number"},
    "write-only": {"secret_wo": "never stored"},
}


class Lookup(DataSource[State]):
    """A data source that returns numbers, plain data and its decoded configuration."""

    name = "lookup"
    schema = LOOKUP

    def check_config(self, config: State) -> Iterable[Finding]:
        self.provider_data.calls.append(("validate lookup", {"current": config}))
        return ()

    def read(self, ctx: Any, config: State) -> State:
        self.provider_data.calls.append(("read lookup", {"current": config}))
        if config["name"] == "broken":
            raise RuntimeError("this text is for a log")
        return {**config, "big": 2**70, "found": {"a": [1, "two", None], "b": {}}}


class ToyProvider(Provider):
    """The toy provider. ``calls`` contains each call of a resource: the method and its arguments."""

    address = "registry.terraform.io/example/toy"
    prefix = "toy_"
    resources = (Plain, Thing)
    data_sources = (Lookup,)
    functions = toy_functions.ALL

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.provider_data = self
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def get_provider_schema(self, diags: Diagnostics) -> Schema:
        _print_line("schema")
        return Schema(
            [_attribute("weight", NUMBER), _attribute("labels", map_of(STRING)), _attribute("options", DYNAMIC)],
            description="Toys.",
        )

    def check_config(self, config: State) -> Iterable[Finding]:
        self.calls.append(("validate provider", {"current": config}))
        return ()

    def configure(self, config: State) -> Iterable[Finding]:
        self.calls.append(("configure", {"current": config}))
        if config["options"] == "log":
            redaction.register(SECRET)
            _write_logs()
        return ()

    def explain(self, error: Exception, *, with_service_text: bool = True) -> UserError | None:
        return UserError("As the provider says", "it is known") if isinstance(error, KeyError) else None


def _write_logs() -> None:
    import logging

    log = logging.getLogger("toy")
    log.warning("the key is %s", SECRET)
    log.warning("%s", {"key": SECRET})
    log.warning("%s", ["é" * 100_000])
    log.error("two\nlines", exc_info=DecodeError(f"{SECRET} in a traceback"))


def _print_line(line: str) -> None:
    """Print a line for the test, if this module is the program."""
    if __name__ == "__main__":
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


def _report_stop(stop: threading.Event) -> None:
    stop.wait()
    _print_line("stopped")


def _run_by_tf(provider: ToyProvider) -> None:
    from tf.runner import run_provider

    run_provider(provider, ["toy"])


def _break() -> ToyProvider:
    raise RuntimeError("a module that cannot be imported")


def main() -> None:
    """Serve, or launch a child that serves (``--by-parent``), so that a test can kill the process that launched it."""
    if "--by-parent" in sys.argv:
        import subprocess

        sys.exit(subprocess.call([sys.executable, "-m", "tests.support.toy_provider"]))
    provider = ToyProvider()
    _print_line(f"process {os.getpid()}")
    threading.Thread(target=_report_stop, args=(provider.stop,), daemon=True).start()
    if "--tf" in sys.argv:
        _run_by_tf(provider)
    elif "--debug" in sys.argv:
        start.serve_for_debugging(lambda: provider, "toy")
    elif handshake.started_by_terraform():
        start.serve(_break if "--broken" in sys.argv else lambda: provider, handshake.keep_stdout_aside(), "toy")
    else:
        sys.exit(f"{os.getpid()} was not launched by Terraform")


if __name__ == "__main__":
    main()
