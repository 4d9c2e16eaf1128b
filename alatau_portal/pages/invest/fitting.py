"""What fits my needs: a short form, and every plot with what fits, what does not, and what nobody has published."""

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alatau_portal.pages.frame import districts_for, frame, today
from core.filters import Options
from districts.choices import Sector
from districts.models import LandPlot
from investors.matching import Match, Needs, Verdict, match

#: Plots that are compared with the needs.
MOST = 500


class Amount(forms.DecimalField):
    """«1 250,5» and “1,250.5” as people write them. A comma before three last digits groups them in English alone."""

    def __init__(self, label: Any) -> None:
        written = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 20})
        wrong = {"invalid": gettext_lazy("Enter a number, such as 20 or 2.5.")}
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_digits=12,
            decimal_places=3,
            widget=written,
            error_messages=wrong,
        )

    def to_python(self, value: Any) -> Any:
        text = re.sub(r"\s", "", str(value or ""))
        grouped = get_language() == "en" and re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text)
        return super().to_python(text.replace(",", "" if grouped else "."))


class NeedsForm(forms.Form):
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"),
        required=False,
        choices=lambda: [("", _("Any")), *((code, capfirst(word)) for code, word in Sector.choices)],
        widget=Options,
    )
    hectares = Amount(gettext_lazy("Area, ha"))
    power_mw = Amount(gettext_lazy("Power, MW"))
    water_m3_day = Amount(gettext_lazy("Water, m³ a day"))
    by = forms.DateField(
        label=gettext_lazy("Needed by"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    rail = forms.BooleanField(label=gettext_lazy("A railway is needed"), required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:  # none is marked as optional: some one is wanted
            self.fields[name].one_is_needed = True  # type: ignore[attr-defined]

    def clean_by(self) -> date | None:
        by = self.cleaned_data["by"]
        if by is not None and by < today():
            raise ValidationError(_("This day has passed: give one that is to come."))
        return by

    def needs(self) -> Needs:
        told = self.cleaned_data if self.is_valid() else {}
        return Needs(**told) if told else Needs()


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    user, day = request.user, today()
    form = NeedsForm(request.GET if _asks(request) else None)
    needs = form.needs() if form.is_bound else Needs()
    found: list[Match] = []
    if needs:
        rows: Any = LandPlot.objects.visible_to(user).for_display(user, day).prefetch_related(None)
        found = match(needs, rows.prefetch_related("utilities")[:MOST], day)
    context = {
        "form": form,
        "needs": needs,
        "found": found,
        "numbers": [(verdict, sum(one.verdict == verdict for one in found)) for verdict in Verdict],
        "carried": _carried(form) if needs else {},
        "only_invented": bool(needs) and all(one.plot.is_demo for one in found),
        **frame(districts_for(user), [one.plot.as_of for one in found]),
    }
    return render(request, "invest/match.html", context, status=400 if form.errors else 200)


def _asks(request: HttpRequest) -> bool:
    return any(request.GET.get(name, "").strip() for name in NeedsForm.base_fields)


def _carried(form: NeedsForm) -> dict[str, str]:
    """The needs, as the enquiry takes them over."""
    return {
        name: "true" if value is True else str(value)
        for name, value in form.cleaned_data.items()
        if value not in (None, "", False)
    }
