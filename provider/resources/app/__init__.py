"""The resource ``atlan_app``. ``resource.py`` is the start, and the parts are beside it."""
