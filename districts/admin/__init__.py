"""Districts, projects and what is said of them, in the admin."""

from districts.admin import geography, milestones, plots, projects, statements

__all__ = ["geography", "milestones", "plots", "projects", "statements"]
