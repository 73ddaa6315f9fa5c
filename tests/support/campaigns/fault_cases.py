"""The cases of the campaign of faults: each fault of each request, and what the apply reports about it."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.support.campaigns.fault_environment import CONTRACTS, RETRIES, Tenant
from tests.support.campaigns.fault_operations import CONTRACT, Operation
from tests.support.campaigns.fault_routes import Through
from tests.support.campaigns.fault_scenario import Scenario
from tests.support.campaigns.fault_scenarios import SCENARIOS
from tests.support.campaigns.faults import (
    FAULTS,
    GONE,
    NAME_TAKEN,
    NO_CODE,
    OF_A_GATEWAY,
    OF_CREDENTIALS,
    OF_THE_CONNECTION,
    OF_THE_SETUP,
    REFUSED,
    UNREADABLE,
    Fault,
    seen,
)

ERROR, WARNING, NOTHING, ACCEPTED = "an error", "a warning", "nothing", "accepted"


@dataclass(frozen=True)
class Case:
    """A fault of a request in a Terraform operation. With `once`, only the first request fails."""

    operation: Operation
    fault: Fault
    verb: str
    scenario: Scenario
    tenant: Tenant
    once: bool = False

    def __str__(self) -> str:
        tenant = f"{self.tenant.through}, {self.tenant.contracts}"
        return f"{self.scenario}, {self.fault}{', once' if self.once else ''}, {tenant}"

    @property
    def seen(self) -> Fault:
        """Return the fault as the provider sees it."""
        return seen(self.fault, self.tenant.through)

    @property
    def loses_write(self) -> bool:
        """Return True if a write fails without an answer of the tenant."""
        return self.operation.writes and self.fault in OF_THE_CONNECTION

    @property
    def planned(self) -> bool:
        """Return True if the fault starts between the plan and its apply."""
        return self.scenario.planned or (self.removed and self.verb != "read")

    @property
    def removed(self) -> bool:
        """Return True if the object is really removed. The 404 then comes from the service itself."""
        return self.fault is GONE and self.scenario.gone is not None

    @property
    def earlier(self) -> int:
        """Return the number of requests of the same kind before the one with the fault."""
        return [operation for operation, _ in self.scenario.preceding].count(self.operation)

    @property
    def repeats(self) -> bool:
        waits = self.scenario.is_new or (self.scenario.is_fresh and not self.scenario.keeps)
        return waits or self.seen.repeats(writes=self.operation.writes)

    @property
    def renames(self) -> bool:
        """Return True if the request is sent again with another name of the credential."""
        return self.fault is NAME_TAKEN and (self.scenario.renames or self.scenario.redraws)

    @property
    def sends(self) -> int:
        """Return how often the request is sent if each one fails. A wrong setup ends the plan."""
        calls = 1 if self.fault in OF_THE_SETUP else self.scenario.most_calls
        return calls * (1 + self.renames) * (1 + RETRIES if self.repeats else 1)

    @property
    def expected(self) -> str:
        """Return what the apply reports: nothing, a warning, an error, or what an accepted answer leads to."""
        if self.once:
            keeps = self.scenario.keeps and self.scenario.is_fresh
            return WARNING if keeps or (self.renames and not self.scenario.redraws) else NOTHING
        if self.removed and self.verb in ("read", "delete"):
            return ACCEPTED
        if self.fault.name in self.scenario.accepts:
            return ACCEPTED
        if self.scenario.keeps and self.fault is NO_CODE:
            return WARNING
        if self.scenario.polls and self.can_pass:
            return NOTHING
        if self.scenario.settles and self.fault.done == "yes":
            return NOTHING
        if self.scenario.recovers and self.fault.done == "yes":
            return WARNING
        is_optional = self.scenario.optional or (self.scenario.may_lack and self.is_no_list)
        is_unreadable = self.scenario.may_be_unreadable and self.fault in UNREADABLE
        return WARNING if is_unreadable or (is_optional and not self.ends_the_apply) else ERROR

    @property
    def is_no_list(self) -> bool:
        """Return True if the answer is not the service's own list, as on a tenant without it."""
        return self.fault in (GONE, NO_CODE, OF_A_GATEWAY) or self.fault.request.get("status") == 200

    @property
    def can_pass(self) -> bool:
        """Return True if a wait reads again, because the service did not say that the object is missing."""
        return self.seen.undone or not self.seen.certain or self.fault in (NO_CODE, OF_A_GATEWAY)

    @property
    def ends_the_apply(self) -> bool:
        """Return True if even an optional request ends the apply.

        A missing contract and a wrong setup end the plan, and a refused connection ends the next request. If not every
        tenant has the list, a page instead of the list is a missing list.
        """
        missing = self.operation is CONTRACT and self.fault in (GONE, NO_CODE)
        setup = self.fault in OF_THE_SETUP and not self.scenario.may_lack
        return missing or ((setup or self.fault is REFUSED) and not self.scenario.last)

    @property
    def taints(self) -> bool:
        """Return True if the fault taints the resource. Only a new run whose status cannot be read is tainted."""
        return self.scenario.polls and self.verb == "create" and self.expected == ERROR


def cases(through: Through, contracts: str | None = None) -> list[Case]:
    """Return all cases on a route, with these contracts, or with open and closed ones in turn."""
    forms = itertools.cycle(CONTRACTS if contracts is None else [contracts])
    tenants = (Tenant(through, form, hidden=False) for form in forms)
    return [
        replace(case, tenant=tenant._replace(hidden=case.scenario.hidden))
        for case, tenant in zip(_cases(through), tenants, strict=False)
    ]


def _cases(through: Through) -> Iterator[Case]:
    tenant = Tenant(through, "open", hidden=False)
    for scenario in SCENARIOS:
        for fault in FAULTS:
            if fault.name in scenario.impossible or (scenario.polls and fault is REFUSED):
                continue
            if fault in OF_CREDENTIALS and not scenario.stores_credential:
                continue
            case = Case(scenario.operation, fault, scenario.verb, scenario, tenant)
            if scenario.is_new or scenario.is_fresh:
                if fault in (GONE, NO_CODE):
                    yield replace(case, once=True)
                continue
            yield case
            sent_again = (case.repeats and fault is not REFUSED) or case.renames
            if sent_again and not scenario.polls and not scenario.fails:
                yield replace(case, once=True)
