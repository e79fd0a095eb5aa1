"""What every module may use."""
