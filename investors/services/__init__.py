"""What changes investors, talks and requests: each concern in its own module."""
