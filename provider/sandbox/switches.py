"""The pairs of command-line options that turn a habit of the tenant on and off. Tenants differ in these habits."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any, NamedTuple


class Switch(NamedTuple):
    """Two options that turn a field of `Options` on and off, with their help texts. `on` is the name of the field."""

    on: str
    off: str
    on_help: str
    off_help: str


SWITCHES = (
    Switch("surface_schedules", "hide_schedules", "show schedules in a workflow and in the list", "hide them"),
    Switch(
        "surface_row_schedules",
        "hide_row_schedules",
        "show schedules in the list, too, if reads of a workflow show them",
        "hide them in the list",
    ),
    Switch("surface_inputs", "hide_inputs", "show inputs in a workflow", "hide them"),
    Switch(
        "surface_credential_list", "hide_credential_list", "show the list of credentials", "answer the list with a 404"
    ),
    Switch(
        "surface_extra",
        "hide_extra",
        "show the values of a credential's extra, except those whose key has the word key, pass, secret or token",
        "show null for each value of a credential's extra",
    ),
    Switch(
        "marketplace",
        "no_marketplace",
        "list the apps of the marketplace",
        "answer this list as the gateway of a tenant that does not have it",
    ),
    Switch(
        "run_reasons",
        "no_run_reasons",
        "answer reads of the nodes of a run, with the reason of a failure",
        "answer these reads as the gateway of a tenant that does not have them",
    ),
    Switch(
        "unique_credential_names",
        "shared_credential_names",
        "refuse a second credential with the same name",
        "accept several credentials with the same name",
    ),
    Switch(
        "keep_failed_credentials",
        "drop_failed_credentials",
        "keep the credential of a create or update that failed after it was stored",
        "remove the credential of a create or update that failed after it was stored",
    ),
    Switch(
        "registered_connectors",
        "any_connector",
        "answer 500 to a credential whose connectorConfigName is of no known app",
        "accept every connectorConfigName",
    ),
    Switch(
        "not_found_code",
        "not_found_message_only",
        "answer 404 with a code and a message",
        "answer 404 with a message alone",
    ),
)


def add_switches(parser: argparse.ArgumentParser, defaults: Mapping[str, Any]) -> None:
    """Add the two options of each switch. `defaults` has True or False by the name of the field."""
    for switch in SWITCHES:
        group, default = parser.add_mutually_exclusive_group(), defaults[switch.on]
        for name, value, text in ((switch.on, True, switch.on_help), (switch.off, False, switch.off_help)):
            group.add_argument(
                f"--{name.replace('_', '-')}",
                dest=switch.on,
                action="store_true" if value else "store_false",
                default=default,
                help=f"{text} (default)" if value == default else text,
            )
