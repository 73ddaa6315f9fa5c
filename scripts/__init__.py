"""What the project's commands share; none of it is part of the installed package."""
