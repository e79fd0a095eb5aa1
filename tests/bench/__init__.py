"""How fast the commands are: `make bench`."""
