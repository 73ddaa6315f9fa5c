"""The gRPC server that Terraform starts: handshake, listener, TLS."""
