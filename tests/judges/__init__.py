"""`make judges`: long judges that nobody of us wrote, or that see only what a visitor sees, on a running portal."""
