"""The app service over HTTP. Importing this package loads nothing but itself: see `api`, `errors` and `retries`."""
