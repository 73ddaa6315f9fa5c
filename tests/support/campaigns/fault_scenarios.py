"""The scenarios for faults: each request to the service, in each Terraform operation that sends it."""

from tests.support.campaigns.fault_blocks import (
    QUALIFIED_NAME,
    app_block,
    data_block,
    import_block,
    run_block,
    schedule_block,
)
from tests.support.campaigns.fault_credentials import CREDENTIALS
from tests.support.campaigns.fault_operations import (
    ADD,
    CANCEL,
    CONTRACT,
    CREATE,
    DELETE,
    DESCRIBE,
    GET,
    LIST,
    MARKETPLACE,
    READ_CONNECTION,
    REMOVE,
    ROLES,
    RUN_STATUS,
    SEARCH,
    SUBMIT,
    TOKEN,
    UPDATE,
)
from tests.support.campaigns.fault_scenario import LOST, ONE, Scenario
from tests.support.campaigns.fault_steps import (
    archive_workflow,
    connection,
    late_list,
    lose_runs,
    run_of_workflow,
    short_runs,
    with_run,
    with_schedule,
    workflow,
)
from tests.support.sandbox import API_KEY

APP, CHANGED = app_block(), app_block(hidden=True)
LITERAL = '"SLUG"'
REFERENCING = f'qualified_name = "{QUALIFIED_NAME}"'

SCHEDULED = {"workflows": 1, "triggers": 1}
RUN = {"workflows": 1, "runs": 1}
TWO = f"{APP}{schedule_block()}"
RAN = f"{APP}{run_block()}"
PASSED = {"delay_ms": 0}
NO_ENTRYPOINT = {"status": 400, "body": {"code": 1003, "message": "no contract there"}}
FAILED_TOO = "The search for the workflow failed, too"

WORKFLOWS = (
    Scenario(CREATE, "create", APP, recovers=True, left=ONE),
    Scenario(LIST, "create", APP, kind="after a lost answer", preceding=((CREATE, LOST),), lookup=FAILED_TOO, left=ONE),
    Scenario(LIST, "create", app_block(more="adopt_existing = true"), kind="that may adopt", optional=True, left=ONE),
    Scenario(LIST, "import", APP + import_block("atlan_app.it", "name:it"), prepare=workflow, left=ONE),
    Scenario(GET, "create", APP, kind="reading back", optional=True, last=True, left=ONE),
    Scenario(GET, "create", APP, kind="reading back a new slug", is_new=True, left=ONE),
    Scenario(GET, "read", APP, APP, gone=archive_workflow, keeps=True, left=ONE),
    Scenario(GET, "update", CHANGED, APP, planned=True, plan_reads=True, gone=archive_workflow, left=ONE),
    Scenario(GET, "import", APP + import_block("atlan_app.it", "SLUG"), prepare=workflow, waits=True, left=ONE),
    Scenario(UPDATE, "update", CHANGED, APP, left=ONE),
    Scenario(
        UPDATE,
        "create",
        app_block(more="adopt_existing = true", connection=REFERENCING),
        kind="that adopts",
        prepare=lambda sandbox: {**connection(sandbox), **workflow(sandbox)},
        waits=True,
        left=ONE,
    ),
    Scenario(DELETE, "delete", "", APP, gone=archive_workflow),
    Scenario(CONTRACT, "create", APP, optional=True, accepts=("missing fields", "wrong types", "409"), left=ONE),
    Scenario(CONTRACT, "update", CHANGED, APP, optional=True, accepts=("missing fields", "wrong types"), left=ONE),
    Scenario(
        CONTRACT,
        "import",
        APP + import_block("atlan_app.it", "SLUG"),
        prepare=workflow,
        accepts=("missing fields", "wrong types", "404", "404 without a code"),
        left=ONE,
    ),
    Scenario(
        DESCRIBE,
        "create",
        app_block(more='entrypoint = "crawler"'),
        kind="whose entrypoint is not known",
        preceding=((CREATE, NO_ENTRYPOINT),),
        left=ONE,
    ),
    Scenario(
        DESCRIBE,
        "import",
        APP + import_block("atlan_app.it", "SLUG"),
        prepare=workflow,
        accepts=("404", "404 without a code"),
        left=ONE,
    ),
    Scenario(
        SEARCH,
        "create",
        APP,
        kind="that looks for a connection of the same name",
        optional=True,
        accepts=("missing fields",),
        left=ONE,
    ),
    Scenario(READ_CONNECTION, "create", app_block(connection=REFERENCING), prepare=connection, left=ONE),
    Scenario(
        READ_CONNECTION,
        "update",
        app_block(hidden=True, connection=REFERENCING),
        app_block(connection=REFERENCING),
        prepare=connection,
        accepts=("404",),
        left=ONE,
    ),
)
FRESH = (
    Scenario(GET, "read", APP, APP, kind="of a new slug", prepare=late_list, keeps=True, is_fresh=True, left=ONE),
    Scenario(
        GET, "update", CHANGED, APP, kind="of a new slug", prepare=late_list, planned=True, is_fresh=True, left=ONE
    ),
    Scenario(UPDATE, "update", CHANGED, APP, kind="of a new slug", prepare=late_list, is_fresh=True, left=ONE),
    Scenario(DELETE, "delete", "", APP, kind="of a new slug", prepare=late_list, is_fresh=True),
    Scenario(ADD, "create", TWO, APP, kind="of a fresh workflow", is_fresh=True, left=SCHEDULED),
    Scenario(REMOVE, "delete", APP, TWO, kind="of a fresh workflow", is_fresh=True, left=ONE),
    Scenario(SUBMIT, "create", RAN, APP, kind="of a fresh workflow", is_fresh=True, left=RUN),
)
SCHEDULES = (
    Scenario(ADD, "create", TWO, kind="of a new workflow", is_new=True, left=SCHEDULED),
    Scenario(ADD, "create", TWO, kind="of a new workflow, hidden", is_new=True, hidden=True, left=SCHEDULED),
    Scenario(ADD, "create", TWO, APP, waits=True, recovers=True, left=SCHEDULED),
    Scenario(ADD, "create", TWO, APP, waits=True, kind="hidden", hidden=True, left=SCHEDULED),
    Scenario(ADD, "update", APP + schedule_block(7), TWO, waits=True, recovers=True, left=SCHEDULED),
    Scenario(ADD, "update", APP + schedule_block(7), TWO, waits=True, kind="hidden", hidden=True, left=SCHEDULED),
    Scenario(
        GET,
        "create",
        TWO,
        APP,
        kind="before a trigger is added",
        planned=True,
        calls=2,
        waits=True,
        impossible=("404",),
        left=SCHEDULED,
    ),
    Scenario(
        GET,
        "create",
        TWO,
        APP,
        kind="after a lost trigger",
        planned=True,
        preceding=((GET, PASSED), (ADD, LOST)),
        lookup="the workflow's schedules could not be listed",
        left=SCHEDULED,
    ),
    Scenario(
        GET,
        "read",
        schedule_block(slug=LITERAL),
        schedule_block(slug=LITERAL),
        kind="of a schedule",
        prepare=workflow,
        impossible=("404",),
        keeps=True,
        left=SCHEDULED,
    ),
    Scenario(
        GET,
        "import",
        schedule_block(slug=LITERAL) + import_block("atlan_app_schedule.it", "SLUG/TRIGGER"),
        kind="of a schedule",
        prepare=with_schedule,
        waits=True,
        left=SCHEDULED,
    ),
    Scenario(REMOVE, "update", APP + schedule_block(7), TWO, waits=True, impossible=("404",), left=SCHEDULED),
    Scenario(REMOVE, "delete", APP, TWO, waits=True, gone=archive_workflow, left=ONE),
    Scenario(REMOVE, "delete", APP, TWO, waits=True, kind="hidden", hidden=True, gone=archive_workflow, left=ONE),
)
RUNS = (
    Scenario(SUBMIT, "create", RAN, kind="of a new workflow", is_new=True, left=RUN),
    Scenario(SUBMIT, "create", RAN, APP, waits=True, gone=archive_workflow, left=RUN),
    Scenario(
        SEARCH,
        "create",
        RAN,
        APP,
        kind="after a lost answer",
        preceding=((SUBMIT, LOST),),
        fails=True,
        lookup="The search for an active run in the index failed too",
        accepts=("missing fields",),
        left=RUN,
    ),
    Scenario(
        RUN_STATUS, "create", APP + run_block(wait=True), APP, kind="waiting", prepare=short_runs, polls=True, left=RUN
    ),
    Scenario(RUN_STATUS, "read", RAN, RAN, gone=lose_runs, left=RUN),
    Scenario(
        RUN_STATUS,
        "update",
        APP + run_block(wait=True),
        RAN,
        kind="waiting",
        prepare=short_runs,
        polls=True,
        planned=True,
        gone=lose_runs,
        left=RUN,
    ),
    Scenario(RUN_STATUS, "delete", APP, RAN, planned=True, gone=lose_runs, left=RUN),
    Scenario(RUN_STATUS, "import", RAN + import_block("atlan_app_run.run", "RUN"), APP, between=with_run, left=RUN),
    Scenario(CANCEL, "delete", APP, RAN, settles=True, left=RUN),
)
TOKENS = (
    Scenario(TOKEN, "create", APP, oauth=True, left=ONE),
    Scenario(TOKEN, "read", APP, APP, oauth=True, left=ONE),
    Scenario(TOKEN, "update", CHANGED, APP, oauth=True, planned=True, left=ONE),
    Scenario(TOKEN, "delete", "", APP, oauth=True, planned=True),
    Scenario(TOKEN, "import", APP + import_block("atlan_app.it", "SLUG"), oauth=True, prepare=workflow, left=ONE),
)
DATA = (
    Scenario(LIST, "read", data_block("apps", 'name = "it"'), kind="of data", prepare=workflow, left=ONE),
    Scenario(GET, "read", data_block("app", 'slug = "SLUG"'), kind="of data", prepare=workflow, waits=True, left=ONE),
    Scenario(
        RUN_STATUS, "read", data_block("app_run", 'run_id = "RUN"'), kind="of data", prepare=run_of_workflow, left=RUN
    ),
    Scenario(
        CONTRACT,
        "read",
        data_block("app_contract", 'app_id = "bigquery-crawler"'),
        kind="of data",
        accepts=("missing fields", "wrong types"),
    ),
    Scenario(DESCRIBE, "read", data_block("app_info", 'app_id = "bigquery-crawler"'), kind="of data"),
    Scenario(MARKETPLACE, "read", data_block("marketplace_apps", "native = true"), kind="of data"),
    Scenario(
        MARKETPLACE,
        "read",
        data_block("app_info", 'app_id = "bigquery-crawler"'),
        kind="after an app was not found",
        preceding=((DESCRIBE, {"status": 404}),),
        fails=True,
        lookup="There is no app bigquery-crawler",
    ),
    Scenario(ROLES, "read", data_block("role", 'name = "$admin"'), kind="of data"),
    Scenario(
        READ_CONNECTION,
        "read",
        data_block("connection", f'qualified_name = "{QUALIFIED_NAME}"'),
        kind="of data",
        prepare=connection,
    ),
)
SCENARIOS = (*WORKFLOWS, *FRESH, *SCHEDULES, *RUNS, *CREDENTIALS, *TOKENS, *DATA)
OAUTH = f'\n  oauth_client_id     = "an-oauth-client"\n  oauth_client_secret = "{API_KEY}"'
