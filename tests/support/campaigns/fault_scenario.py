"""A scenario for faults: a request to the service in a Terraform operation, and what the provider does about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.campaigns.fault_blocks import PASSWORD
from tests.support.campaigns.fault_operations import Operation
from tests.support.campaigns.fault_steps import Step, nothing


@dataclass(frozen=True)
class Scenario:
    """A request within a Terraform operation: `before` is applied, then the apply of `after` has the fault.

    `prepare` runs before everything, and `between` after `before`. The names that these steps return, such as SLUG, are
    replaced in the configurations.
    """

    operation: Operation
    verb: str
    after: str
    before: str = ""
    kind: str = ""
    """The difference from other scenarios with the same operation and verb."""
    prepare: Step = nothing
    between: Step = nothing
    planned: bool = False
    """The fault starts after the plan, because the plan sends the same request."""
    preceding: tuple[tuple[Operation, dict[str, Any]], ...] = ()
    """Faults that occur once before. Without them, the provider does not send the request."""
    gone: Step | None = None
    """A step that removes the object, so that a 404 is correct. Otherwise a 404 is a mistake of the service."""
    accepts: tuple[str, ...] = ()
    """Faults that the provider accepts as an answer."""
    optional: bool = False
    """A failure is only a warning."""
    calls: int = 1
    """How often the provider sends the request in that apply, if each one fails."""
    plan_reads: bool = False
    """The plan within the apply sends the request, too, and its failure is not an error."""
    last: bool = False
    """The apply sends no other request afterwards."""
    recovers: bool = False
    """The provider finds an object whose response was lost, and adopts it with a warning."""
    settles: bool = False
    """The provider finds the effect of a request whose response was lost, and does nothing more."""
    polls: bool = False
    """The provider waits and sends the request again later."""
    fails: bool = False
    """The apply fails even if the request succeeds."""
    lookup: str = ""
    """The text about this search, which follows another failure. The error is about that failure."""
    impossible: tuple[str, ...] = ()
    """Faults that cannot occur here."""
    keeps: bool = False
    """The list of workflows proves that the object exists after a 404 without a code, so the state stays."""
    is_new: bool = False
    """The workflow is created in the same apply, so a 404 is sent again. No other fault applies."""
    waits: bool = False
    """The provider does not know when the workflow was published, so it sends a request again for some seconds."""
    is_fresh: bool = False
    """The workflow was created seconds ago in an earlier apply. Only a 404 applies."""
    renames: bool = False
    """If the name of the credential is taken, the provider sends the request again with another name."""
    redraws: bool = False
    """The provider sends another generated name if the name is taken, and does not warn."""
    may_lack: bool = False
    """Tenants need not have the request. An answer without the service's own list is only a warning."""
    may_be_unreadable: bool = False
    """The object may exist without being readable. Then a failure that does not pass is only a warning."""
    hidden: bool = False
    """The tenant lists no schedules."""
    oauth: bool = False
    left: Mapping[str, int] = field(default_factory=dict)
    """The final number of live workflows, triggers, runs and credentials."""

    @property
    def most_calls(self) -> int:
        """Return how often the provider sends the request in that apply."""
        return self.calls + self.plan_reads

    @property
    def stores_credential(self) -> bool:
        """Return True if the request contains a credential that the service stores."""
        return self.operation.writes and PASSWORD in self.after

    def __str__(self) -> str:
        return f"{self.operation}, {self.verb}" + (f" {self.kind}" if self.kind else "")


LOST = {"drop": "after"}
"""The fault of a request whose answer is lost."""
ONE = {"workflows": 1}
