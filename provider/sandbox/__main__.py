"""The command `atlan-sandbox`: run a local tenant on loopback until a signal stops it."""

from __future__ import annotations

import signal
import sqlite3
import sys
from types import FrameType

from provider.sandbox import options


def main() -> int:
    """Run the program. Return 0 after a signal, 1 if it cannot start. Exits with 2 for invalid options."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _exit)
    parsed = options.parse()
    # imported here because loading the server takes time, and invalid options do not need it
    from provider.sandbox import application, server
    from provider.sandbox.tenant import Tenant

    try:
        listener = server.listen(parsed.port)
    except OSError as error:
        return _fail(f"cannot listen on {server.LOOPBACK}:{parsed.port}: {error.strerror}")
    try:
        tenant = Tenant(parsed)
    except sqlite3.Error as error:
        return _fail(f"cannot use the database {parsed.database}: {error}")
    try:
        server.serve(application.build(tenant), listener)
    finally:
        tenant.stores.database.close()
    return 0


def _exit(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _fail(message: str) -> int:
    print(f"atlan-sandbox: {message}", file=sys.stderr)  # noqa: T201 - the message of a command
    return 1


if __name__ == "__main__":
    sys.exit(main())
