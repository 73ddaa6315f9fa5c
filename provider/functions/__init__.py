"""The functions that configurations can call, one in each file. They are pure and do no I/O."""
