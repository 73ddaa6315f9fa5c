"""The resources, one file each: schema, plan, create, read, update, delete, import."""
