"""The commands of the project. The installed package does not contain them."""
