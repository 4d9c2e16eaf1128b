"""Districts, projects and what is said of them, in the admin."""

from districts.admin import (
    documents,
    geography,
    milestones,
    plots,
    projects,
    publications,
    published_figures,
    statements,
)

__all__ = [
    "documents",
    "geography",
    "milestones",
    "plots",
    "projects",
    "publications",
    "published_figures",
    "statements",
]
