"""The RPCs of the provider itself: schemas, capabilities, configuration, stop."""

from __future__ import annotations

from provider.framework.diagnostics import Finding
from provider.framework.protocol import values
from provider.framework.protocol.call import Call, Handler, Message
from provider.framework.protocol.function_calls import FunctionCalls
from provider.framework.protocol.kinds import data_sources, resources
from provider.framework.provider import Provider
from provider.framework.values import State


class ProviderCalls:
    """Handlers of the RPCs that are not about one resource, data source or function."""

    def __init__(self, provider: Provider, functions: FunctionCalls) -> None:
        self.provider = provider
        self.functions = functions

    def handlers(self) -> dict[str, Handler]:
        """Return the handlers by the names of their RPCs."""
        return {
            "GetMetadata": self.get_metadata,
            "GetProviderSchema": self.get_schema,
            "ValidateProviderConfig": self.validate,
            "ConfigureProvider": self.configure,
            "StopProvider": self.stop,
        }

    def get_metadata(self, call: Call) -> None:
        """Answer with the names of all resources, data sources and functions."""
        _declare_capabilities(call.response)
        for name in resources(self.provider):
            call.response.resources.add(type_name=name)
        for name in data_sources(self.provider):
            call.response.data_sources.add(type_name=name)
        for name in self.functions.functions:
            call.response.functions.add(name=name)

    def get_schema(self, call: Call) -> None:
        """Answer with all schemas and signatures. Terraform calls this RPC and not GetMetadata."""
        response = call.response
        _declare_capabilities(response)
        response.provider.CopyFrom(self.provider.get_provider_schema(call.diagnostics).to_message())
        for name, resource in resources(self.provider).items():
            response.resource_schemas[name].CopyFrom(resource.get_schema().to_message())
        for name, data_source in data_sources(self.provider).items():
            response.data_source_schemas[name].CopyFrom(data_source.get_schema().to_message())
        self.functions.describe_functions(response)

    def validate(self, call: Call) -> None:
        """Check the provider block."""
        config, findings = self._receive(call)
        call.report(findings)
        self.provider.validate_config(call.diagnostics, config)

    def configure(self, call: Call) -> None:
        """Configure the provider. Terraform checks the block first, but another client may not."""
        config, findings = self._receive(call)
        call.report(findings)
        if not any(each.is_error for each in findings):
            self.provider.is_configured = True
            self.provider.configure_provider(call.diagnostics, config)

    def _receive(self, call: Call) -> tuple[State, list[Finding]]:
        """Return the provider block, and the findings of its schema."""
        # Imported here, because a launch that only answers the schema does not need it.
        from provider.framework.protocol import validation

        schema = call.schema = self.provider.get_provider_schema(call.diagnostics)
        config = values.receive(schema, call.request.config, call.registration).state or {}
        return config, [*validation.check(schema, config)]

    def stop(self, call: Call) -> None:
        """Set the stop event, which ends waits. Calls in flight finish."""
        self.provider.stop.set()


def _declare_capabilities(response: Message) -> None:
    response.server_capabilities.plan_destroy = True
    response.server_capabilities.get_provider_schema_optional = True
    response.server_capabilities.move_resource_state = True
