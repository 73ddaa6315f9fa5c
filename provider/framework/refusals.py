"""Errors of plans and reads that must not block a destroy.

``terraform destroy`` plans normally first, and an error in that plan blocks the destroy. ``terraform destroy
-refresh=false`` makes no such plan. Terraform shows the warnings of that plan only beside an error (all measured with
1.11.4).
"""

from __future__ import annotations

from typing import Final

from provider.framework import terraform_command
from provider.framework.diagnostics import Finding

_PROGRAM: Final = "terraform"


def refusal(finding: Finding) -> Finding:
    """Return a finding of a plan as it is reported. An error is a warning if the plan belongs to a destroy.

    If the command is not known, the error ends with the command that destroys anyway.
    """
    if not finding.is_error:
        return finding
    command = terraform_command.launcher()
    if command is None:
        return _with_way_out(finding, f"To destroy anyway, run {_PROGRAM}")
    return finding._replace(is_error=not command.is_destroy)


def failed_read(finding: Finding) -> Finding:
    """Return the error of a read or an import as it is reported. It stays an error, because there is no state.

    In a destroy, the error ends with the command that destroys without the read.
    """
    command = terraform_command.launcher()
    if command is None or not command.is_destroy:
        return finding
    return _with_way_out(finding, f"To destroy without this read, run {command.program}")


def _with_way_out(finding: Finding, advice: str) -> Finding:
    way_out = f"{advice} destroy -refresh=false."
    return finding._replace(detail=f"{finding.detail}\n\n{way_out}" if finding.detail else way_out)
