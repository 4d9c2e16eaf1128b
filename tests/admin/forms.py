"""What a browser would send back of an admin page."""

from typing import Any

from django.forms import CheckboxInput


def filled(response: Any, **changes: Any) -> dict[str, Any]:
    """The page's form as it was shown, with these changes."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    data: dict[str, Any] = {}
    for form in forms:
        data |= {bound.html_name: _sent(bound) for bound in form if not _unticked(bound)}
    return data | changes


def _unticked(bound: Any) -> bool:
    return isinstance(bound.field.widget, CheckboxInput) and not bound.value()


def _sent(bound: Any) -> Any:
    value = bound.value()
    if isinstance(bound.field.widget, CheckboxInput):
        return "on"
    return "" if value is None else value


def sentences(response: Any) -> str:
    """All that the page says went wrong."""
    said = [str(error) for error in response.context["adminform"].form.errors.values()]
    for inline in response.context["inline_admin_formsets"]:
        said += [str(inline.formset.non_form_errors()), *map(str, inline.formset.errors)]
    return " ".join(said)
