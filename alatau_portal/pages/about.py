"""Where the data comes from, how it is kept, and what is never done to it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alatau_portal.pages import parts
from alatau_portal.pages.frame import districts_for, facts, frame
from core.models import LegalAct, LegalActSource, LegalActStage, Source
from districts.choices import ProjectStatus
from districts.models import Claim, ClaimSource


@login_not_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    user = request.user
    districts = districts_for(user)
    figures = parts.figures(user, district=None, project=None)
    acts = LegalAct.objects.visible_to(user).select_related("source").order_by("signed_on", "pk")
    cited_acts = parts.cited(parts.citing(acts, LegalActSource, "act"))
    stages = LegalActStage.objects.filter(act__in=cited_acts).order_by("in_force_on", "pk")
    for act in cited_acts:
        act.in_force = [stage for stage in stages if stage.act_id == act.pk]
    said = Claim.objects.visible_to(user).of_the_city().for_display().prefetch_related(None)
    context = {
        "facts": facts(figures),
        "acts": cited_acts,
        "claims": parts.cited(parts.citing(said, ClaimSource, "claim")),
        "sources": Source.objects.visible_to(user).order_by("pk"),
        "statuses": list(ProjectStatus)[:5],
        **frame(districts, (figure.as_of for figure in figures)),
    }
    return render(request, "pages/about_data.html", context)
