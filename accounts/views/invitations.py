"""The page behind an invitation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import services
from accounts.forms import InvitationForm
from core.exceptions import DomainError


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a user name and a password; the account's role and organisation are those of the invitation."""
    invitation = services.open_invitation(token)
    if invitation is None:
        return render(request, "accounts/invitation_over.html", status=404)
    form = InvitationForm(request.POST or None, initial={"full_name": invitation.full_name})
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("username", "full_name", "password")}
        try:
            services.accept_invitation(token, **facts)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            _add_errors(form, error)
        else:
            messages.success(request, _("Your account is ready: sign in."))
            return redirect("account_login")
    return render(request, "accounts/invitation.html", {"form": form, "invitation": invitation})


def _add_errors(form: InvitationForm, error: ValidationError) -> None:
    """Errors of the model's fields stand at the form's fields; those of the password validators at the password."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"password": error.messages}
    for field, texts in by_field.items():
        for text in texts:
            form.add_error(field if field in form.fields else None, text)
