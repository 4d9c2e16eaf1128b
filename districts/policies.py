"""Who may do what with projects and what is said of them: asked by services to refuse, by pages to show a button."""

from accounts.policies import OfficeOnly

_policy = OfficeOnly(
    "register_project",
    "change_stage",
    "move_forecast",
    "settle_milestone",
    "choose",
    "record_figure",
    "record_instead",
    "record_published_figure",
    "reserve_plot",
    "allocate_plot",
    "release_plot",
    "publish",
    "add_document",
    "replace_file",
    "release_document",
)
may, require = _policy.may, _policy.require
