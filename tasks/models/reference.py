"""What other systems call an instruction."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Recorded
from tasks.models.instruction import Instruction
from tasks.querysets.references import ReferenceQuerySet


class ExternalReference(Recorded):
    """The name that a system of an organisation has for an instruction: by it the system finds its own again.

    `scheme` is whose name it is: the code of the organisation (`tasks.querysets.references.scheme_of`).
    """

    instruction = models.ForeignKey(
        Instruction, models.CASCADE, related_name="external_references", verbose_name=_("instruction")
    )
    scheme = models.CharField(_("whose name it is"), max_length=70)
    value = models.CharField(_("name in that system"), max_length=100)

    objects = ReferenceQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("name in another system"), _("names in other systems")
        ordering = ["scheme", "value"]
        constraints = [
            models.UniqueConstraint(name="tasks_externalreference_once", fields=["scheme", "value"]),
            models.UniqueConstraint(
                name="tasks_externalreference_one_per_scheme", fields=["instruction", "scheme"]
            ),
            models.CheckConstraint(
                name="tasks_externalreference_named", condition=~Q(scheme="") & ~Q(value="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.value}"
