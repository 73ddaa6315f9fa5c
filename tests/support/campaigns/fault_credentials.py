"""The scenarios for faults of credentials: separate ones, those of workflows, and the list of all credentials."""

from tests.support.campaigns.fault_blocks import (
    FORMER_PASSWORD,
    app_block,
    credential_block,
    import_block,
    own_credential,
)
from tests.support.campaigns.fault_operations import (
    ARCHIVE_CREDENTIAL,
    CREATE,
    CREATE_CREDENTIAL,
    GET,
    LIST_CREDENTIALS,
    READ_CREDENTIAL,
    UPDATE,
    UPDATE_CREDENTIAL,
)
from tests.support.campaigns.fault_scenario import LOST, ONE, Scenario
from tests.support.campaigns.fault_steps import archive_credential, stored
from tests.support.campaigns.faults import NAME_TAKEN, NO_CODE

STORED = {"credentials": 1}
ONE_WITH_CREDENTIAL = {**ONE, **STORED}
OWN, ROTATED = app_block(more=own_credential(1)), app_block(more=own_credential(2))
FORMER = app_block(more=own_credential(1, FORMER_PASSWORD))
NOT_READ = ("truncated", "wrong types", "missing fields")  # the provider needs nothing of the answer

SEPARATE = (
    Scenario(CREATE_CREDENTIAL, "create", credential_block(), renames=True, left=STORED),
    Scenario(
        CREATE_CREDENTIAL,
        "create",
        credential_block(name=""),
        kind="a generated name",
        recovers=True,
        redraws=True,
        left=STORED,
    ),
    Scenario(
        READ_CREDENTIAL,
        "read",
        credential_block(name=""),
        credential_block(name=""),
        gone=archive_credential,
        left=STORED,
    ),
    Scenario(
        READ_CREDENTIAL,
        "update",
        credential_block("other"),
        credential_block(),
        planned=True,
        gone=archive_credential,
        left=STORED,
    ),
    Scenario(
        READ_CREDENTIAL,
        "import",
        credential_block() + import_block("atlan_credential.it", "GUID"),
        prepare=stored,
        left=STORED,
    ),
    Scenario(
        UPDATE_CREDENTIAL,
        "update",
        credential_block("other"),
        credential_block(),
        accepts=("missing fields",),
        left=STORED,
    ),
    Scenario(ARCHIVE_CREDENTIAL, "delete", "", credential_block(), gone=archive_credential, impossible=NOT_READ),
)
OF_WORKFLOWS = (
    Scenario(
        CREATE,
        "create",
        OWN,
        kind="with a credential",
        recovers=True,
        renames=True,
        left=ONE_WITH_CREDENTIAL,
    ),
    Scenario(
        GET,
        "create",
        OWN,
        kind="reading back a credential",
        optional=True,
        last=True,
        left=ONE_WITH_CREDENTIAL,
    ),
    Scenario(
        UPDATE,
        "update",
        ROTATED,
        FORMER,
        kind="that rotates a credential",
        renames=True,
        left=ONE_WITH_CREDENTIAL,
    ),
)
ROTATIONS = (
    Scenario(
        READ_CREDENTIAL,
        "update",
        ROTATED,
        FORMER,
        kind="before a rotation",
        planned=True,
        calls=2,
        accepts=("404",),
        may_be_unreadable=True,
        left=ONE_WITH_CREDENTIAL,
    ),
)
LISTS = (
    Scenario(
        LIST_CREDENTIALS,
        "create",
        credential_block(),
        kind="after a taken name",
        preceding=((CREATE_CREDENTIAL, NAME_TAKEN.request),),
        may_lack=True,
        left=STORED,
    ),
    Scenario(
        LIST_CREDENTIALS,
        "create",
        credential_block(name=""),
        kind="after a lost answer",
        preceding=((CREATE_CREDENTIAL, LOST),),
        lookup="A credential may exist that Terraform does not know",
        left=STORED,
    ),
    Scenario(
        LIST_CREDENTIALS,
        "read",
        credential_block(),
        credential_block(),
        kind="after a 404 without a code",
        preceding=((READ_CREDENTIAL, NO_CODE.request),),
        fails=True,
        left=STORED,
    ),
    Scenario(
        LIST_CREDENTIALS,
        "delete",
        "",
        credential_block(),
        kind="after a 404 without a code",
        preceding=((ARCHIVE_CREDENTIAL, NO_CODE.request),),
        fails=True,
    ),
    Scenario(
        LIST_CREDENTIALS,
        "create",
        OWN,
        kind="after a taken name of a workflow's credential",
        preceding=((CREATE, NAME_TAKEN.request),),
        may_lack=True,
        left=ONE_WITH_CREDENTIAL,
    ),
    Scenario(
        LIST_CREDENTIALS,
        "update",
        ROTATED,
        FORMER,
        kind="after a taken name of a workflow's credential",
        preceding=((UPDATE, NAME_TAKEN.request),),
        may_lack=True,
        left=ONE_WITH_CREDENTIAL,
    ),
)
CREDENTIALS = (*SEPARATE, *OF_WORKFLOWS, *ROTATIONS, *LISTS)
