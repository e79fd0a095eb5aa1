"""One module a tag: what it reads, and the block it leaves for `place`."""
