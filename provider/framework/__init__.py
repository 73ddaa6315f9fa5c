"""The Terraform plugin protocol, on tf's interfaces: server, servicer, codecs and schema.

Knows nothing of Atlan. Resources, data sources and functions are built on ``resource.py`` and ``schema.py``;
everything about the wire stays in this room.
"""
