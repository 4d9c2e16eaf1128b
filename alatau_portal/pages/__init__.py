"""Pages that span apps: home, districts, projects, about the data."""
