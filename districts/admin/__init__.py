"""Districts, projects and what is said of them, in the admin."""

from districts.admin import geography, milestones, projects, statements

__all__ = ["geography", "milestones", "projects", "statements"]
