"""gRPC without asyncio, which takes half of gRPC's import time. The server here uses threads."""

from __future__ import annotations

from provider.framework.lazy_imports import deferred

with deferred("asyncio", "grpc.aio"):
    import grpc

__all__ = ["grpc"]
