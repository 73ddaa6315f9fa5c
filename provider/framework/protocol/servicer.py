"""The RPCs of protocol 6, and the one place where an exception becomes a diagnostic.

Each RPC method fills its response and raises what goes wrong; ``call`` turns that into diagnostics, so that
whatever was put into the response before, a prior state above all, still reaches Terraform.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, cast

from google.protobuf.message import DecodeError as MessageError
from tf.utils import Diagnostics

from provider.framework import private_state, redaction
from provider.framework.diagnostics import Finding, TaintingError, UserError, warning
from provider.framework.protocol import messages, values
from provider.framework.protocol.codec import DecodeError
from provider.framework.protocol.diagnostics import tell
from provider.framework.protocol.function_calls import FunctionCalls
from provider.framework.protocol.plan import plan
from provider.framework.protocol.service_text import without_config
from provider.framework.provider import Provider
from provider.framework.resource import GONE, Context, MoveSource, PlanContext, Resource, add
from provider.framework.schema import Schema
from provider.framework.values import State

log = logging.getLogger(__name__)

Message = Any
Handler = Callable[[Message, Message, Diagnostics], None]


class Servicer(FunctionCalls):
    """Answers Terraform for one provider.

    ``methods`` are the RPCs by name, ``in_flight`` counts the calls that have not been answered.
    """

    def __init__(self, provider: Provider) -> None:
        super().__init__(provider)
        prefix = provider.get_model_prefix()
        self.resources: dict[str, Any] = {prefix + kind.get_name(): kind for kind in provider.get_resources()}
        self.data_sources: dict[str, Any] = {prefix + kind.get_name(): kind for kind in provider.get_data_sources()}
        self.methods = {method.name: method for method in messages.methods()}
        self.in_flight = 0
        self._counting = threading.Lock()

    def receive(self, name: str, data: bytes) -> bytes:
        """Answer the RPC of that name, a request as bytes by a response as bytes, whatever the request is."""
        method = self.methods[name]
        try:
            response = self.call(method, method.request.FromString(data))
        except MessageError:
            response, diagnostics = method.response(), Diagnostics()
            summary = f"Terraform sent a {name} request that this provider cannot read"
            diagnostics.add_error(summary, "Its bytes are no message of plugin protocol 6.")
            tell(response, diagnostics)
        return cast("bytes", response.SerializeToString())

    def call(self, method: messages.Method, request: Message) -> Message:
        """Answer one RPC, whatever happens inside it."""
        self._count(+1)
        try:
            with redaction.call():
                return self._answer(method, request)
        finally:
            self._count(-1)

    def _count(self, by: int) -> None:
        with self._counting:
            self.in_flight += by

    def _answer(self, method: messages.Method, request: Message) -> Message:
        response = method.response()
        diagnostics = Diagnostics()
        handler: Handler = getattr(self, method.name)
        try:
            handler(request, response, diagnostics)
        except BaseException as error:  # noqa: BLE001 - the boundary: no exception may cross it, an exit included
            add(diagnostics, [self.explain(error).finding])
        tell(response, diagnostics)
        return response

    # Schemas

    def GetMetadata(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        self._declare_capabilities(response)
        for name in self.resources:
            response.resources.add(type_name=name)
        for name in self.data_sources:
            response.data_sources.add(type_name=name)
        for name in self.functions:
            response.functions.add(name=name)

    def GetProviderSchema(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        self._declare_capabilities(response)
        response.provider.CopyFrom(self.provider.get_provider_schema(diagnostics).to_message())
        for name, resource in self.resources.items():
            response.resource_schemas[name].CopyFrom(resource.get_schema().to_message())
        for name, data_source in self.data_sources.items():
            response.data_source_schemas[name].CopyFrom(data_source.get_schema().to_message())
        self.describe_functions(response)

    @staticmethod
    def _declare_capabilities(response: Message) -> None:
        response.server_capabilities.plan_destroy = True
        response.server_capabilities.get_provider_schema_optional = True
        response.server_capabilities.move_resource_state = True

    # Configuration

    def ValidateProviderConfig(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        config = values.decode(self.provider.get_provider_schema(diagnostics), request.config)
        self.provider.validate_config(diagnostics, config or {})

    def ValidateResourceConfig(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        config = self._validate(self._resource(request), request, diagnostics)
        if not request.client_capabilities.write_only_attributes_allowed:
            values.refuse_write_only(self._resource(request).get_schema(), config, diagnostics)

    def ValidateDataResourceConfig(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        self._validate(self._data_source(request), request, diagnostics)

    def _validate(self, instance: Any, request: Message, diagnostics: Diagnostics) -> State:
        schema = instance.get_schema()
        config = values.decode_config(schema, request.config)
        values.check_required(schema, config, diagnostics)
        instance.validate(diagnostics, request.type_name, config)
        return config

    def ConfigureProvider(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        config = values.decode(self.provider.get_provider_schema(diagnostics), request.config)
        self.provider.configure_provider(diagnostics, config or {})

    def StopProvider(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        self.provider.stop.set()

    # Resources

    def UpgradeResourceState(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        schema = self._resource(request).get_schema()
        response.upgraded_state.json = values.upgrade(schema, request.raw_state)

    def ReadResource(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        response.new_state.CopyFrom(request.current_state)
        response.private = request.private
        resource = self._resource(request)
        schema = resource.get_schema()
        current = values.receive(schema, request.current_state)
        if current.state is None:
            return
        values.refuse_unknown(current.state)
        if self.provider.unknown_settings and resource.needs_refresh(current.state):
            add(diagnostics, [_not_refreshed(request.type_name)])
            return
        ctx = self._context(Context, request, diagnostics, private=_private(resource, request.private))
        with without_config(self.provider, resource, ctx):
            read = resource.read(ctx, current.state)
        state = None if read is GONE else read
        response.new_state.CopyFrom(values.encode(schema, state, diagnostics, current))
        response.private = private_state.dump(ctx.private)

    def PlanResourceChange(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        response.planned_state.CopyFrom(request.proposed_new_state)
        response.planned_private = request.prior_private
        resource = self._resource(request)
        schema = resource.get_schema()
        prior = values.receive(schema, request.prior_state)
        unchanged = request.proposed_new_state == request.prior_state
        proposed = prior if unchanged else values.receive(schema, request.proposed_new_state)
        decode_config = values.decode if proposed.state is None else values.decode_config
        config = decode_config(schema, request.config)
        private = _private(resource, request.prior_private)
        ctx = self._context(PlanContext, request, diagnostics, private=private, config=config)
        if proposed.state is None:
            with without_config(self.provider, resource, ctx):
                resource.plan(ctx, prior.state, None)
            response.planned_private = private_state.dump(ctx.private)
            return
        first = plan(schema, prior.state, proposed.state, config or {})
        ctx.changed, ctx.requires_replace = first.changed, first.requires_replace
        planned = resource.plan(ctx, prior.state, first.planned) or first.planned
        response.planned_state.CopyFrom(values.encode(schema, planned, diagnostics, prior, proposed, planned=True))
        response.requires_replace.extend(values.to_path(path) for path in ctx.requires_replace)
        response.planned_private = private_state.dump(ctx.private)

    def ApplyResourceChange(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        response.new_state.CopyFrom(request.prior_state)
        response.private = request.planned_private
        resource = self._resource(request)
        schema = resource.get_schema()
        prior = values.decode(schema, request.prior_state)
        wanted = values.receive(schema, request.planned_state)
        planned = wanted.state
        config = None if planned is None else values.decode_config(schema, request.config)
        private = _private(resource, request.planned_private)
        ctx = self._context(Context, request, diagnostics, private=private, config=config)
        if planned is None:
            if prior is not None:
                with without_config(self.provider, resource, ctx):
                    resource.delete(ctx, prior)
            response.new_state.CopyFrom(request.planned_state)
            return
        try:
            state = resource.create(ctx, planned) if prior is None else resource.update(ctx, prior, planned)
            response.new_state.CopyFrom(values.encode_applied(schema, state, wanted, diagnostics))
        except BaseException as error:
            if ctx.saved is None:
                raise
            response.new_state.CopyFrom(values.encode_applied(schema, ctx.saved, wanted, diagnostics))
            self._tell_after_save(error, diagnostics, created=prior is None)
        response.private = private_state.dump(ctx.private)

    def _tell_after_save(self, error: BaseException, diagnostics: Diagnostics, *, created: bool) -> None:
        problem = self.explain(error)
        is_error = not created or isinstance(problem, TaintingError)
        add(diagnostics, [problem.finding._replace(is_error=is_error)])

    def ImportResourceState(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        resource = self._resource(request)
        ctx = self._context(Context, request, diagnostics)
        with without_config(self.provider, resource, ctx):
            state = resource.import_(ctx, request.id)
        response.imported_resources.add(
            type_name=request.type_name,
            state=values.encode(resource.get_schema(), state, diagnostics),
            private=private_state.dump(ctx.private),
        )

    def MoveResourceState(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        """Terraform asks before it configures the provider, so a move makes no request. The source's private state
        is another provider's and means nothing here, unless it is this one, told by the address of another registry."""
        kind = _find(self.resources, request.target_type_name, "resource")
        resource = cast("Resource[State]", self.provider.new_resource(kind))
        if self._is_own(request):
            response.target_state.json = values.upgrade(resource.get_schema(), request.source_state)
            response.target_private = request.source_private
            return
        ctx = self._context(Context, request, diagnostics, type_name=request.target_type_name)
        source = MoveSource(
            request.source_provider_address,
            request.source_type_name,
            request.source_schema_version,
            values.stored(request.source_state) if request.source_state.json else {},
        )
        state = resource.move(ctx, source)
        response.target_state.CopyFrom(values.encode(resource.get_schema(), state, diagnostics))
        response.target_private = private_state.dump(ctx.private)

    def _is_own(self, request: Message) -> bool:
        """Whether a move leads from the very resource type: OpenTofu asks for one where only the registry changed."""
        own, source = (name.partition("/")[2] for name in (self.provider.full_name(), request.source_provider_address))
        return own == source and request.source_type_name == request.target_type_name

    # Data sources

    def ReadDataSource(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        source = self._data_source(request)
        schema: Schema = source.get_schema()
        config = values.receive(schema, request.config)
        if config.state is None:
            raise DecodeError("the configuration is null")
        values.refuse_unknown(config.state)
        ctx = self._context(Context, request, diagnostics, config=config.state)
        state = source.read(ctx, config.state)
        response.state.CopyFrom(values.encode(schema, state, diagnostics, config))

    # Shared

    def _resource(self, request: Message) -> Resource[State]:
        return cast("Resource[State]", self.provider.new_resource(_find(self.resources, request.type_name, "resource")))

    def _data_source(self, request: Message) -> Any:
        return self.provider.new_data_source(_find(self.data_sources, request.type_name, "data source"))

    def _context(
        self,
        kind: Any,
        request: Message,
        diagnostics: Diagnostics,
        *,
        private: State | None = None,
        config: Any = None,
        type_name: str | None = None,
    ) -> Any:
        return kind(
            diagnostics=diagnostics,
            type_name=request.type_name if type_name is None else type_name,
            stop=self.provider.stop,
            config=config or {},
            private=private or {},
        )

    def explain(self, error: BaseException) -> UserError:
        """What a user is told of any exception, even one that cannot be explained."""
        try:
            known = self._known(error)
        except Exception as another:  # noqa: BLE001 - nobody is left to tell of this one
            known, error = None, another
        if known is not None:
            return known
        log.error("unexpected %s", type(error).__name__, exc_info=error)
        return UserError(
            "The provider failed unexpectedly",
            f"{type(error).__name__} where none was expected. Nothing that was known is lost. Please report this, "
            "with the log that TF_LOG=DEBUG writes.",
        )

    def _known(self, error: BaseException) -> UserError | None:
        if isinstance(error, UserError):
            return error
        known = self.provider.explain(error) if isinstance(error, Exception) else None
        if known is not None:
            return known
        if isinstance(error, RecursionError):
            return UserError("A value is nested too deeply", "It has more levels than can be followed. Nest it less.")
        if isinstance(error, DecodeError):
            return UserError("Terraform sent a value that this provider cannot read", str(error))
        return None


def _not_refreshed(type_name: str) -> Finding:
    return warning(
        "Not refreshed",
        f"The provider's settings are not known yet, so {type_name} was not read. Its state stands as it was.",
    )


def _private(resource: Resource[State], data: bytes) -> State:
    return private_state.load(data, resource.private_shapes)


def _find(kinds: dict[str, Any], name: str, what: str) -> Any:
    if name not in kinds:
        raise UserError(f"No {what} {name}", f"This provider has: {', '.join(sorted(kinds)) or 'none'}.")
    return kinds[name]
