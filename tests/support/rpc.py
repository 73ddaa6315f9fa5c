"""RPCs through tf's own servicer, to compare the framework's with it."""

from typing import Any

from tf.gen import tfplugin_pb2
from tf.provider import ProviderServicer

from provider.framework import Provider
from provider.framework.testing import METHODS, Caller


def by_tf(provider: Provider) -> Caller:
    """Return a caller of tf's servicer, which raises the servicer's exceptions as gRPC sees them."""
    servicer = ProviderServicer(provider)

    def call(name: str, request: Any) -> Any:
        theirs = getattr(tfplugin_pb2, name).Request.FromString(request.SerializeToString())
        answer = getattr(servicer, name)(theirs, None)
        return METHODS[name].response.FromString(answer.SerializeToString())

    return call
