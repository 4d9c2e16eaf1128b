"""What the checks of control and of reports say of a place: codes of the catalogue (core.api.catalogue)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tasks.choices import LintCode

PLACES: dict[str, Any] = {
    "project": _("a figure of a project is wanted"),
    "milestone": _("the project has no such milestone"),
    "notes": _("it is no object of fields and notes"),
    "needs_word": _("it looks wrong and needs a word"),
    "fell": _("it is less than was accepted last"),
    "jumped": _("it rose by much in one period"),
    "over_plan": _("it is far over the plan"),
    "spent_alone": _("money was spent and no work was done"),
    "jobs_halved": _("it is half of what was accepted last, or less"),
    "local_over": _("there are more jobs of local people than jobs in all"),
    "met_early": _("the day has not come yet"),
    "met_outside": _("the day is outside the period"),
    "out_of_period": _("the photo was taken outside the period"),
    "out_of_place": _("the photo was taken outside the site and the district"),
    **dict(LintCode.choices),
}
