"""The objects of the service as data and functions without I/O: inputs, connection, credential and their values."""
