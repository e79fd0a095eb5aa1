"""The commands: each reads its options, calls, and returns what is to be printed."""
