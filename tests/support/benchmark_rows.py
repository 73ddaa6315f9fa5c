"""The figures of an invented run of scripts/benchmark."""

from scripts.lib.benchmark.figures import NEWCOMER, Rows


def rows(**more: float) -> Rows:
    """Return rows of a run with two apps. All figures are within their limits, except for the given ones."""
    found = Rows()
    for what in ("handshake", "schema"):
        found.add(f"launch to {what}, no-op provider", "ms", 100)
        found.add(f"launch to {what}, this provider", "ms", more.get(what, 100))
        found.add(f"launch to {what}, built binary", "ms", more.get("binary", 120))
    found.add(NEWCOMER, "s", more.get("newcomer", 20))
    for size in (1, 2):
        found.add(f"plan of {size}, terraform_data", "s", 1)
        found.add(f"plan of {size}, no-op provider", "s", 2)
        found.add(f"plan of {size}, this provider", "s", more.get(f"plan{size}", 2.1))
    for kind in ("this provider", "this provider with schedules"):
        found.add(f"requests of a plan of 2, {kind}", "requests", more.get("plan_requests", 40))
        found.add(f"memory in a plan of 2, {kind}", "MiB", more.get("memory", 143))
    found.add("requests of an apply of 2", "requests", more.get("apply_requests", 64))
    found.add("apply of 2, terraform_data", "s", 2)
    found.add("replay of 2 by a bare client", "s", 1)
    found.add("apply of 2, this provider", "s", more.get("apply", 4.5))
    return found
