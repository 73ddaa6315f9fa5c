"""Errors of plans and reads that must not block a destroy.

``terraform destroy`` plans normally first, and an error in that plan blocks the destroy. ``terraform destroy
-refresh=false`` makes no such plan. Terraform shows the warnings of that plan only beside an error (all measured with
1.11.4).

Terraform validates twice: before it configures the provider, where the values of variables are unknown, and in a normal
plan, where they are known.
"""

from __future__ import annotations

from typing import Final

from provider.framework import terraform_command
from provider.framework.diagnostics import Finding

_PROGRAM: Final = "terraform"


def refusal(finding: Finding, *, has_way_out: bool = True) -> Finding:
    """Return a finding of a plan as it is reported. An error is a warning if the plan belongs to a destroy.

    If the command is not known, the error ends with the command that destroys anyway. ``has_way_out``: that command
    does not report the error again.
    """
    if not finding.is_error:
        return finding
    command = terraform_command.launcher()
    if command is None:
        return _with_way_out(finding, f"To destroy anyway, run {_PROGRAM}") if has_way_out else finding
    return finding._replace(is_error=not command.is_destroy)


def plan_validation(finding: Finding) -> Finding:
    """Return a finding of the validation in a plan as it is reported. An error is a warning in a destroy.

    The first validation has reported the errors that depend on no variable, as errors. If the command is not known,
    this may be the first validation, so the error stays as it is.
    """
    command = terraform_command.launcher() if finding.is_error else None
    return finding._replace(is_error=False) if command is not None and command.is_destroy else finding


def failed_read(finding: Finding, what: str = "read") -> Finding:
    """Return the error of a read, an import or a call as it is reported. It stays an error: there is no result.

    In a destroy, the error ends with the command that destroys without it. ``what`` is its name in that sentence.
    """
    command = terraform_command.launcher() if finding.is_error else None
    if command is None or not command.is_destroy:
        return finding
    return _with_way_out(finding, f"To destroy without this {what}, run {command.program}")


def _with_way_out(finding: Finding, advice: str) -> Finding:
    way_out = f"{advice} destroy -refresh=false."
    return finding._replace(detail=f"{finding.detail}\n\n{way_out}" if finding.detail else way_out)
