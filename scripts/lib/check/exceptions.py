"""The exceptions of the checks, each with its reason. An exception that is not necessary is a finding."""

from collections.abc import Mapping

from scripts.lib.check.words import Allowed

_MODULES = (
    "examples/modules is its output: modules/test_folders.py compares it, tests/campaigns/test_modules.py applies it"
)
_BENCHMARK = "it measures: tests/campaigns/test_benchmark.py runs it"
_PAGES = "its output is docs/: docs/test_pages.py checks it"
_SDK = "the vendor's SDK against the whole sandbox: no module alone"

WITHOUT_PARTNER: Mapping[str, str] = {
    # modules without a test file
    "scripts/lib/app_facts/apps.py": "it loads known_apps.json: app_facts/test_inputs.py and others check every app",
    "scripts/lib/benchmark/__main__.py": _BENCHMARK,
    "scripts/lib/benchmark/launches.py": _BENCHMARK,
    "scripts/lib/benchmark/suite.py": _BENCHMARK,
    "scripts/lib/benchmark/workspaces.py": _BENCHMARK,
    "scripts/lib/build/binary.py": "it builds the release: tests/installed installs and runs the result",
    "scripts/lib/docs/schemas.py": _PAGES,
    "scripts/lib/modules/credential_variables.py": _MODULES,
    "scripts/lib/modules/input_variables.py": _MODULES,
    "scripts/lib/modules/inputs.py": _MODULES,
    "scripts/lib/modules/readme.py": _MODULES,
    "scripts/lib/modules/resources.py": _MODULES,
    "scripts/lib/modules/signing_in.py": _MODULES,
    "scripts/lib/modules/texts.py": _MODULES,
    "scripts/lib/modules/trial.py": _MODULES,
    "scripts/lib/picture/__main__.py": "it needs the CLI and a sandbox: tests/acceptance/test_picture.py runs it",
    "scripts/lib/quickstart/steps.py": "quickstart/test_main.py runs its steps, with failures and interrupts",
    "tests/support/": "helpers: a suite fails if its helper is wrong; helpers that could hide a failure have tests",
    # test files without a module
    "tests/unit/client/test_oauth_threads.py": "auth.py with many threads: test_auth.py would be too long with it",
    "tests/unit/client/test_sandbox.py": "the whole client against the whole sandbox: no module alone",
    "tests/unit/sandbox/test_sdk_builders.py": _SDK,
    "tests/unit/sandbox/test_sdk_client.py": _SDK,
    "tests/unit/sandbox/test_sdk_runs.py": _SDK,
    "tests/unit/scripts/app_facts/test_credential_secrets.py": "the decision on each parameter of credentials.py",
    "tests/unit/scripts/test_examples.py": "it tests examples/ and the README",
    "tests/unit/scripts/test_workflows.py": "it tests .github/workflows/",
    "tests/unit/test_imports.py": "it tests the imports of the whole package",
}
"""Modules of more than 60 lines without a test file, and test files without a module.

A path that ends with a slash is a folder: its modules can be without test files. Its test files need a module.
"""

WORDS: tuple[Allowed, ...] = ()
"""Phrases that one file may contain: the path, the phrase in small letters, and the reason."""
