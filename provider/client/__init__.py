"""The app service over HTTP. Importing this package loads no module: see `api`, `errors` and `retries`."""
