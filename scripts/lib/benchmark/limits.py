"""The limits of the figures: this provider compared with Terraform alone and with the no-op provider."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.lib.benchmark.figures import NEWCOMER, Limit, Rows

MEMORY = 150e6 / 2**20
"""The limit of the provider's memory: 150 MB, in MiB."""


def of(rows: Rows, size: int) -> list[Limit]:
    """Return every limit whose figures were measured."""
    return [*_launch(rows), *_release(rows), *_plan(rows, size), *_apply(rows, size)]


def growth(rows: Rows, small: int, large: int) -> Limit:
    """Return the limit of growth: the time of a plan grows no faster than the time of Terraform alone."""
    ours, floor = (
        rows.median(f"plan of {large}, {kind}") / rows.median(f"plan of {small}, {kind}")
        for kind in ("this provider", "terraform_data")
    )
    return Limit(f"t({large:,}) / t({small:,}) of a plan, beside terraform_data's {floor:.2f} x", ours, floor)


def _launch(rows: Rows) -> Iterator[Limit]:
    for what in ("handshake", "schema"):
        ours, noop = (rows.median(f"launch to {what}, {kind}") for kind in ("this provider", "no-op provider"))
        yield Limit(f"launch to {what} / no-op provider's", ours / noop, 1.0)


def _release(rows: Rows) -> Iterator[Limit]:
    if NEWCOMER in rows:
        for what in ("handshake", "schema"):
            binary, source = (rows.median(f"launch to {what}, {kind}") for kind in ("built binary", "this provider"))
            yield Limit(f"launch to {what}, built binary / from source", binary / source, 1.35)
        yield Limit(NEWCOMER, rows.median(NEWCOMER), 60, "s")


def _plan(rows: Rows, size: int) -> Iterator[Limit]:
    one, one_noop = (rows.median(f"plan of 1, {kind}") for kind in ("this provider", "no-op provider"))
    yield Limit("plan of 1 / no-op provider's", one / one_noop, 1.1)
    ours = rows.median(f"plan of {size}, this provider")
    yield Limit(f"plan of {size} / no-op provider's", ours / rows.median(f"plan of {size}, no-op provider"), 1.3)
    yield Limit(f"plan of {size} / terraform_data's", ours / rows.median(f"plan of {size}, terraform_data"), 3.5)
    for what, most in (("this provider", 40), ("this provider with schedules", 60)):
        yield Limit(
            f"requests of a plan of {size}, {what}",
            rows.median(f"requests of a plan of {size}, {what}"),
            most,
            "requests",
        )
    memory = max(row.spread[1] for row in rows if row.unit == "MiB")
    yield Limit("memory of the provider", memory, MEMORY, "MiB")


def _apply(rows: Rows, size: int) -> Iterator[Limit]:
    yield Limit(
        f"requests of an apply of {size}", rows.median(f"requests of an apply of {size}"), 2 * size + 60, "requests"
    )
    least = rows.median(f"apply of {size}, terraform_data") + rows.median(f"replay of {size} by a bare client")
    ours = rows.median(f"apply of {size}, this provider")
    yield Limit(f"apply of {size} / (terraform_data's + replay's)", ours / least, 1.5)
