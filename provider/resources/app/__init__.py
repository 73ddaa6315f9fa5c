"""The resource ``atlan_app``. ``resource.py`` contains its operations, and calls the other modules."""
