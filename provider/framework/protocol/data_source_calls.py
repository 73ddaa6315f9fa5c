"""The RPCs of data sources."""

from __future__ import annotations

from provider.framework.data_source import DataSource
from provider.framework.protocol import unknown_settings, validation, values
from provider.framework.protocol.call import Call, Handler
from provider.framework.protocol.codec import DecodeError
from provider.framework.protocol.kinds import data_sources, find
from provider.framework.provider import Provider
from provider.framework.refusals import failed_read
from provider.framework.resource import Context
from provider.framework.values import State


class DataSourceCalls:
    """Handlers of the RPCs of data sources."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.data_sources = data_sources(provider)

    def handlers(self) -> dict[str, Handler]:
        """Return the handlers by the names of their RPCs."""
        return {"ValidateDataResourceConfig": self.validate, "ReadDataSource": self.read}

    def validate(self, call: Call) -> None:
        """Check a configuration by the schema and by the data source. In a plan, an error is that of a read."""
        source = self._source(call)
        schema = call.schema = source.get_schema()
        config = values.receive_config(schema, call.request.config, call.registration)
        for findings in (validation.check(schema, config), source.check_config(config)):
            call.report(map(failed_read, findings) if self.provider.is_configured else findings)

    def read(self, call: Call) -> None:
        """Read a data source. Raises DecodeError for an unknown value, because Terraform waits until all are known."""
        source = self._source(call)
        schema = call.schema = source.get_schema()
        config = values.receive(schema, call.request.config, call.registration)
        if config.state is None:
            raise DecodeError("the configuration is null")
        values.refuse_unknown(config.state)
        unknown_settings.refuse_data_source(self.provider)
        ctx = Context(call.diagnostics, call.request.type_name, self.provider.stop, config=config.state)
        state = source.read(ctx, config.state)
        call.register_identifiers(state)
        call.response.state.CopyFrom(values.encode(schema, state, call.report, config))

    def _source(self, call: Call) -> DataSource[State]:
        kind = find(self.data_sources, call.request.type_name, "data source")
        source: DataSource[State] = self.provider.new_data_source(kind)
        return source
