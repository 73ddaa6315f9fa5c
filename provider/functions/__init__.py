"""The provider's functions, one file each: pure, no I/O."""
