"""The form to contest a figure."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alatau_portal.pages.disputes import may_contest
from alatau_portal.pages.figures import subject_of
from alatau_portal.pages.frame import districts_for, frame
from districts.choices import Measure
from districts.models import Figure
from tasks import policies, services
from tasks.forms.base import REFUSED
from tasks.forms.disputes import DisputeForm
from tasks.views.asking import say


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, subject: str, measure: str) -> HttpResponse:
    user: Any = request.user
    if measure not in Measure.values:
        raise Http404
    districts = districts_for(user)
    about = subject_of(user, subject, districts)
    figures = Figure.objects.visible_to(user).filter(**about.rows, measure=measure, chosen=True)
    figure = figures.select_related("source", "project").first()
    if figure is None:
        raise Http404
    if not may_contest(user, figure):
        raise PermissionDenied(policies.refusal("file_dispute"))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    asked = DisputeForm(*sent, user=user)
    if sent and asked.is_valid():
        try:
            made = services.file_dispute(figure, by=user, **asked.facts())
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(asked, error)
        else:
            messages.success(
                request,
                _("Filed under the number %(number)s: the project office decides.")
                % {"number": made.public_id},
            )
            return redirect("dispute", made.public_id)
    context = {"subject": about, "measure": Measure(measure), "figure": figure, "form": asked}
    return render(request, "pages/figure_dispute.html", context | frame(districts, [figure.as_of]))
