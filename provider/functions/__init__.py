"""The functions that configurations can call, one in each file. A function sends no requests and reads no files."""
