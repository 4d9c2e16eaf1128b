"""Districts, projects and what is said of them, in the admin."""

from districts.admin import documents, geography, milestones, plots, projects, publications, statements

__all__ = ["documents", "geography", "milestones", "plots", "projects", "publications", "statements"]
