"""The published branch: versions laid by mike, root files beside them, each change one commit or none."""
