"""What ``atlan_app`` is made of beside its life: its schema, its checks, and how it is planned."""
