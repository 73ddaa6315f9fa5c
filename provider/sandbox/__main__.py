"""`atlan-sandbox`: a local tenant on loopback, until it is told to stop."""

from __future__ import annotations

import signal
import sqlite3
import sys
from types import FrameType

from provider.sandbox import options


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _give_up(message: str) -> int:
    print(f"atlan-sandbox: {message}", file=sys.stderr)  # noqa: T201 - a program talks to a person
    return 1


def main() -> int:
    """Run the program; its exit code: 0 when it was stopped, 1 when it could not start, 2 for a wrong call."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    given = options.parse()
    from provider.sandbox import app, server  # a wrong call need not wait for the server to load
    from provider.sandbox.tenant import Tenant

    try:
        listener = server.listen(given.port)
    except OSError as error:
        return _give_up(f"cannot listen on {server.LOOPBACK}:{given.port}: {error.strerror}")
    try:
        tenant = Tenant(given)
    except sqlite3.Error as error:
        return _give_up(f"cannot use the database {given.database}: {error}")
    try:
        server.serve(app.build(tenant), listener)
    finally:
        tenant.parts.database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
