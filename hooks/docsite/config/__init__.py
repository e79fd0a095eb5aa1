"""What a site says of itself: its settings, and the forms they must have."""
