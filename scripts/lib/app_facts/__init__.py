"""Write configurations for every known app, from facts about its inputs.

Three rooms, each knowing only the one before: `apps` (facts), `workflows` and `credentials` (what a person would
configure, as plain Python values), `configuration` (the same as HCL, by way of `hcl`). A fourth, `modules`, writes
examples/modules for people to copy.
"""
