"""The requests of the provider to the service."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Operation:
    """A request of the provider. `path` is a regular expression for the end of its path."""

    name: str
    method: str
    path: str
    only_asks: bool = False

    @property
    def writes(self) -> bool:
        """Return True if the request changes something. A GET, and a POST that only reads, do not."""
        return self.method != "GET" and not self.only_asks

    def __str__(self) -> str:
        return self.name


CREATE = Operation("create", "POST", "/v1/app$")
LIST = Operation("list by name", "GET", "/v1/app$")
GET = Operation("get", "GET", "/v1/app/[^/]+$")
UPDATE = Operation("update", "PUT", "/v1/app/[^/]+$")
DELETE = Operation("delete", "DELETE", "/v1/app/[^/]+$")
ADD = Operation("add schedule", "POST", "/v1/app/[^/]+/schedule$")
REMOVE = Operation("remove schedule", "DELETE", "/v1/app/[^/]+/schedule/[^/]+$")
SUBMIT = Operation("submit", "POST", "/v1/app/[^/]+/submit$")
RUN_STATUS = Operation("run status", "GET", "/v1/app/runs/[^/]+$")
CANCEL = Operation("cancel", "POST", "/v1/app/runs/[^/]+/cancel$")
CONTRACT = Operation("contract", "GET", "/v1/apps/[^/]+/inputs$")
DESCRIBE = Operation("describe", "GET", "/v1/apps/[^/]+$")
MARKETPLACE = Operation("marketplace", "GET", "/service/marketplace/apps$")
ROLES = Operation("roles", "GET", "/service/roles$")
READ_CONNECTION = Operation("connection read", "GET", "/uniqueAttribute/type/Connection$")
SEARCH = Operation("index search", "POST", "/search/indexsearch$", only_asks=True)
LIST_CREDENTIALS = Operation("credential list", "GET", "/service/credentials$")
CREATE_CREDENTIAL = Operation("credential create", "POST", "/service/credentials$")
READ_CREDENTIAL = Operation("credential read", "GET", "/service/credentials/[^/]+$")
UPDATE_CREDENTIAL = Operation("credential update", "POST", "/service/credentials/[^/]+$")
ARCHIVE_CREDENTIAL = Operation("credential archive", "POST", "/service/credentials/[^/]+/archive$")
TOKEN = Operation("OAuth token", "POST", "/service/oauth-clients/token$", only_asks=True)
