"""The RPCs of managed resources, in the order in which Terraform calls them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from provider.framework import private_state
from provider.framework.diagnostics import TaintingError, UserError
from provider.framework.protocol import stored_state, unknown_settings, validation, values
from provider.framework.protocol.call import Call, Handler
from provider.framework.protocol.diagnostics import to_path
from provider.framework.protocol.kinds import find, resources
from provider.framework.protocol.plan import plan
from provider.framework.protocol.service_text import without_config
from provider.framework.protocol.values import Received
from provider.framework.provider import Provider
from provider.framework.refusals import plan_validation, refusal
from provider.framework.resource import GONE, Context, MoveSource, PlanContext, Resource
from provider.framework.values import State, same


class ResourceCalls:
    """Handlers of the RPCs of resources. ``explain`` returns the UserError for an exception."""

    def __init__(self, provider: Provider, explain: Callable[[BaseException], UserError]) -> None:
        self.provider = provider
        self.explain = explain
        self.resources = resources(provider)

    def handlers(self) -> dict[str, Handler]:
        """Return the handlers by the names of their RPCs."""
        return {
            "ValidateResourceConfig": self.validate,
            "UpgradeResourceState": self.upgrade_state,
            "ReadResource": self.read,
            "PlanResourceChange": self.plan,
            "ApplyResourceChange": self.apply,
            "ImportResourceState": self.import_state,
            "MoveResourceState": self.move_state,
        }

    def validate(self, call: Call) -> None:
        """Check a configuration by the schema and by the resource. In a plan, an error blocks no destroy."""
        resource = self._resource(call.request.type_name)
        schema = call.schema = resource.get_schema()
        config = values.receive_config(schema, call.request.config, call.registration)
        checks = [validation.check(schema, config), resource.check_config(config)]
        if not call.request.client_capabilities.write_only_attributes_allowed:
            checks.append(validation.check_write_only(schema, config))
        for findings in checks:
            call.report(map(plan_validation, findings) if self.provider.is_configured else findings)

    def upgrade_state(self, call: Call) -> None:
        """Answer with a stored state in today's schema version. Terraform also calls this for the current version."""
        request = call.request
        resource = self._resource(request.type_name)
        call.response.upgraded_state.json = stored_state.upgrade(
            resource.get_schema(), request.raw_state, request.version, resource.state_upgraders, request.type_name
        )
        resource.note_stored(stored_state.stored(request.raw_state))

    def read(self, call: Call) -> None:
        """Refresh a state. If anything fails, the state and private state stay.

        An object that is gone has no private state, because the plan would get that of the lost object for a new one.
        The two also stay, with a warning, if settings are unknown and the read needs the service.
        """
        request, response = call.request, call.response
        response.new_state.CopyFrom(request.current_state)
        response.private = request.private
        resource = self._resource(request.type_name)
        schema = call.schema = resource.get_schema()
        current = values.receive(schema, request.current_state, call.registration)
        if current.state is None:
            return
        values.refuse_unknown(current.state)
        if self.provider.unknown_settings and resource.needs_refresh(current.state):
            call.report([unknown_settings.not_refreshed(request.type_name)])
            return
        ctx = Context[State](call.diagnostics, request.type_name, self.provider.stop)
        ctx.private = private_state.load(request.private, resource.private_shapes)
        with without_config(self.provider, resource, ctx):
            resource.check_account(ctx, current.state)
            read = resource.read(ctx, current.state)
        if read is not GONE and ctx.was_found and resource.needs_refresh(current.state):
            resource.remember_account(ctx)
        call.register_identifiers(read)
        response.new_state.CopyFrom(values.encode(schema, None if read is GONE else read, call.report, current))
        response.private = private_state.dump({} if read is GONE else ctx.private)

    def plan(self, call: Call) -> None:
        """Plan a create, update or destroy: first by the schema, then by the resource."""
        request, response = call.request, call.response
        response.planned_state.CopyFrom(request.proposed_new_state)
        response.planned_private = request.prior_private
        resource = self._resource(request.type_name)
        schema = call.schema = resource.get_schema()
        prior = values.receive(schema, request.prior_state, call.registration)
        unchanged = request.proposed_new_state == request.prior_state
        proposed = prior if unchanged else values.receive(schema, request.proposed_new_state, call.registration)
        ctx = PlanContext[State](call.diagnostics, request.type_name, self.provider.stop)
        ctx.private = private_state.load(request.prior_private, resource.private_shapes)
        if prior.state is not None:
            values.refuse_unknown(prior.state)
            resource.check_account(ctx, prior.state)
        if proposed.state is None:
            ctx.config = values.receive(schema, request.config, call.registration).state or {}
            with self._refusals(call), without_config(self.provider, resource, ctx):
                resource.plan(ctx, prior.state, None)
                response.planned_private = private_state.dump(ctx.private)
        else:
            ctx.config = values.receive_config(schema, request.config, call.registration)
            ctx.type_of = partial(values.type_of, schema, request.config)
            self._plan_change(call, resource, ctx, prior, proposed)

    def _plan_change(
        self, call: Call, resource: Resource[State], ctx: PlanContext[State], prior: Received, proposed: Received
    ) -> None:
        """Plan a create or update. If the resource's plan fails, plan by the schema and keep the private state.

        Terraform plans again in the apply, unless the plan has no change. The two plans of an equal value must have the
        same type. So they have the type in the configuration, and only a plan without a change has that in state.
        """
        schema = resource.get_schema()
        first = plan(schema, prior.state, proposed.state or {}, ctx.config)
        ctx.changed, ctx.requires_replace = set(first.changed), list(first.requires_replace)
        planned = first.planned
        with self._refusals(call):
            planned = resource.plan(ctx, prior.state, first.planned) or first.planned
            call.response.planned_private = private_state.dump(ctx.private)
        keeps_form = prior.state is not None and same(planned, prior.state) and resource.was_read(prior.state)
        like = (prior, proposed) if keeps_form else (proposed, prior, proposed)
        call.response.planned_state.CopyFrom(values.encode(schema, planned, call.report, *like, planned=True))
        call.response.requires_replace.extend(to_path(call.above_sets(path)) for path in ctx.requires_replace)

    @contextmanager
    def _refusals(self, call: Call) -> Iterator[None]:
        """Report an exception of a resource's plan, of any class, as an error or, in a destroy, as a warning."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - also a mistake in a plan must not block a destroy
            call.report([refusal(self.explain(error).finding)])

    def apply(self, call: Call) -> None:
        """Create, update or delete. If anything fails before a state was saved, the prior state stays."""
        request, response = call.request, call.response
        response.new_state.CopyFrom(request.prior_state)
        response.private = request.planned_private
        resource = self._resource(request.type_name)
        schema = call.schema = resource.get_schema()
        prior = values.receive(schema, request.prior_state, call.registration).state
        planned = values.receive(schema, request.planned_state, call.registration)
        ctx = Context[State](call.diagnostics, request.type_name, self.provider.stop)
        ctx.private = private_state.load(request.planned_private, resource.private_shapes)
        if prior is not None:
            values.refuse_unknown(prior)
            resource.check_account(ctx, prior)
        if planned.state is not None:
            ctx.config = values.receive_config(schema, request.config, call.registration)
            self._apply_change(call, resource, ctx, prior, planned)
            response.private = private_state.dump(ctx.private)
            return
        if prior is not None:
            try:
                with without_config(self.provider, resource, ctx):
                    resource.delete(ctx, prior)
            finally:  # After an error, the object stays in state.
                response.private = private_state.dump(ctx.private)
        response.new_state.CopyFrom(request.planned_state)

    def _apply_change(
        self, call: Call, resource: Resource[State], ctx: Context[State], prior: State | None, planned: Received
    ) -> None:
        """Create or update. If the call fails after a save, store the saved state.

        The error of a create is then reported as a warning, unless it is a TaintingError.
        """
        schema = resource.get_schema()
        assert planned.state is not None
        if prior is None:
            resource.start_private(ctx)
            resource.remember_account(ctx)
        try:
            state = resource.create(ctx, planned.state) if prior is None else resource.update(ctx, prior, planned.state)
            call.register_identifiers(state)
            call.response.new_state.CopyFrom(values.encode_applied(schema, state, planned, call.report))
        except BaseException as error:
            if ctx.saved is None:
                raise
            call.register_identifiers(ctx.saved)
            call.response.new_state.CopyFrom(values.encode_applied(schema, ctx.saved, planned, call.report))
            explained = self.explain(error)
            is_error = prior is not None or isinstance(explained, TaintingError)
            call.report([explained.finding._replace(is_error=is_error)])

    def import_state(self, call: Call) -> None:
        """Answer with the state of an existing object."""
        request = call.request
        unknown_settings.refuse_import(self.provider)
        resource = self._resource(request.type_name)
        ctx = Context[State](call.diagnostics, request.type_name, self.provider.stop)
        resource.start_private(ctx)
        resource.remember_account(ctx)
        with without_config(self.provider, resource, ctx):
            state = resource.import_(ctx, request.id)
        schema = call.schema = resource.get_schema()
        call.register_identifiers(state)
        call.response.imported_resources.add(
            type_name=request.type_name,
            state=values.encode(schema, state, call.report),
            private=private_state.dump(ctx.private),
        )

    def move_state(self, call: Call) -> None:
        """Answer with the state for a ``moved`` block. The provider is not configured, so no request is sent.

        If the source is this resource type under another registry, state is upgraded and private state is kept. Any
        other source's private state has an unknown form, so it is ignored.
        """
        request, response = call.request, call.response
        resource = self._resource(request.target_type_name)
        schema = resource.get_schema()
        if self._is_own(call):
            response.target_state.json = stored_state.upgrade(
                schema,
                request.source_state,
                request.source_schema_version,
                resource.state_upgraders,
                request.target_type_name,
            )
            response.target_private = request.source_private
            return
        ctx = Context[State](call.diagnostics, request.target_type_name, self.provider.stop)
        resource.start_private(ctx)
        state = resource.move(ctx, _move_source(call))
        call.schema = schema
        call.register_identifiers(state)
        response.target_state.CopyFrom(values.encode(schema, state, call.report))
        response.target_private = private_state.dump(ctx.private)

    def _is_own(self, call: Call) -> bool:
        """Return True if only the registry's host differs. OpenTofu calls this RPC for such a change, too."""
        request = call.request
        own, source = (name.partition("/")[2] for name in (self.provider.full_name(), request.source_provider_address))
        return own == source and bool(request.source_type_name == request.target_type_name)

    def _resource(self, type_name: str) -> Resource[State]:
        resource: Resource[State] = self.provider.new_resource(find(self.resources, type_name, "resource"))
        return resource


def _move_source(call: Call) -> MoveSource:
    request = call.request
    return MoveSource(
        request.source_provider_address,
        request.source_type_name,
        request.source_schema_version,
        stored_state.stored(request.source_state) if request.source_state.json else {},
    )
