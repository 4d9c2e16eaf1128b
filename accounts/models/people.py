"""Who acts: users, those invited to become one, and programs with a token."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import FOR_AN_ORGANISATION, MOST_TIMES, READS_ALL, SCOPES, Role
from accounts.models.organisation import Organisation
from accounts.querysets import ApiClientQuerySet, InvitationQuerySet, UserQuerySet
from core.models import Recorded
from core.triggers import Run, recorded


class Actor(models.Model):
    """What policies and the ledger ask of whoever acts, a person or a program."""

    role = models.CharField(_("role"), max_length=10, choices=Role)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("organisation"),
    )

    class Meta:
        abstract = True

    @property
    def sees_everything(self) -> bool:
        return self.role in READS_ALL

    @property
    def is_investor(self) -> bool:
        return self.role == Role.INVESTOR


def role_needs_organisation(constraint: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=constraint,
        condition=~Q(role__in=sorted(FOR_AN_ORGANISATION)) | Q(organisation__isnull=False),
        violation_error_message=_("An executor or an investor belongs to an organisation: choose it."),
    )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """For `createsuperuser` and tests; the portal itself makes users by invitation (accounts.services)."""

    def create_user(self, username: str, password: str | None = None, **facts: Any) -> "User":
        user = self.model(username=username, **facts)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, username: str, password: str | None = None, **facts: Any) -> "User":
        return self.create_user(username, password, **{"role": Role.OFFICE, "is_superuser": True, **facts})


class User(Actor, AbstractBaseUser, Recorded):
    """A person. Name, address and password never enter the ledger, only that they changed."""

    last_login = None  # every sign-in would be a change of the register

    username = models.CharField(
        _("user name"), max_length=150, unique=True, validators=[UnicodeUsernameValidator()]
    )
    full_name = models.CharField(_("full name"), max_length=200, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    may_sign = models.BooleanField(_("may sign"), default=False, help_text=_("submits what others prepared"))
    language = models.CharField(
        _("language"), max_length=2, choices={"kk": "Қазақша", "ru": "Русский", "en": "English"}, default="kk"
    )
    second_factors = models.SmallIntegerField(_("second factors"), default=0, editable=False)
    signed_out_at = models.DateTimeField(_("signed out elsewhere at"), null=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    valid_until = models.DateField(
        _("has access until"), null=True, blank=True, help_text=_("the last day; empty: until it is closed")
    )
    last_seen_on = models.DateField(_("last seen on"), null=True, editable=False)
    is_superuser = models.BooleanField(_("administers the system"), default=False)

    USERNAME_FIELD, EMAIL_FIELD, REQUIRED_FIELDS = "username", "email", ["email"]

    objects = UserManager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("user"), _("users")
        ordering = ["username"]
        triggers = [
            *recorded(
                personal=["username", "full_name", "email"], secret=["password"], quiet=["last_seen_on"]
            ),
            Run("accounts_leave", name="leave", when=pgtrigger.Before, operation=pgtrigger.Update),
            Run("accounts_left", name="left", when=pgtrigger.After, operation=pgtrigger.Update),
            Run(
                "accounts_count_second_factors",
                name="count_second_factors",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]
        constraints = [
            models.CheckConstraint(name="accounts_user_role_known", condition=Q(role__in=Role.values)),
            role_needs_organisation("accounts_user_role_needs_organisation"),
            models.UniqueConstraint(
                Lower("username"),
                name="accounts_user_username_any_case",
                violation_error_message=_("This user name is taken: choose another."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_one_per_email",
                condition=~Q(email=""),
                violation_error_message=_("Somebody has this e-mail address already."),
            ),
            models.CheckConstraint(
                name="accounts_user_email_lower",
                condition=Q(email=Lower("email")),
                violation_error_message=_("Write the e-mail address in small letters."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def ledger_name(self) -> str:
        return f"user:{self.pk}"

    @property
    def user_id(self) -> int:
        """Whose rights these are: a person's own (an API client answers its owner's)."""
        return self.pk

    @property
    def is_staff(self) -> bool:
        """Who may open the admin: the office, and an auditor to look."""
        return self.is_superuser or self.role in {Role.OFFICE, Role.AUDITOR}

    @property
    def has_access(self) -> bool:
        """Asked at every door and at each request; `UserQuerySet.with_access` asks the same."""
        return self.is_active and (self.valid_until is None or self.valid_until >= timezone.localdate())

    @property
    def owes_second_factor(self) -> bool:
        """His role must not be entered with a password alone (MFA_ROLES), and that is all he has."""
        return self.role in settings.MFA_ROLES and not self.second_factors

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Of the password and of the last “sign out elsewhere”: either ends the other sessions."""
        of_password = super()._get_session_auth_hash(secret=secret)
        return (
            of_password if self.signed_out_at is None else f"{of_password}.{self.signed_out_at.timestamp()}"
        )

    def has_perm(self, permission: str, obj: Any = None) -> bool:
        """Django's admin asks; roles answer. An auditor looks, the office mends."""
        if not (self.is_active and self.is_staff):
            return False
        verb = permission.rpartition(".")[2].partition("_")[0]
        return verb == "view" or self.is_superuser or self.role == Role.OFFICE

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff


class Invitation(Actor, Recorded):
    """A way in: one person, one role, one link that dies. The link's token is kept only as a hash."""

    email = models.EmailField(_("e-mail"))
    full_name = models.CharField(_("full name"), max_length=200, blank=True, default="")
    may_sign = models.BooleanField(_("may sign"), default=False)
    language = models.CharField(
        _("language"), max_length=2, choices={"kk": "Қазақша", "ru": "Русский", "en": "English"}, default="kk"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("invited by")
    )
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, editable=False)
    user = models.OneToOneField(User, models.PROTECT, null=True, editable=False, related_name="invitation")

    objects = InvitationQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("invitation"), _("invitations")
        ordering = ["-created_at", "-pk"]
        triggers = recorded(personal=["email", "full_name"], secret=["token_hash"])
        constraints = [
            models.CheckConstraint(name="accounts_invitation_role_known", condition=Q(role__in=Role.values)),
            role_needs_organisation("accounts_invitation_role_needs_organisation"),
            models.CheckConstraint(
                name="accounts_invitation_token_hashed", condition=Q(token_hash__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="accounts_invitation_accepted_by_somebody",
                condition=Q(accepted_at=None, user=None) | Q(accepted_at__isnull=False, user__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.email or f"№ {self.pk}"

    def is_open(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()


class ApiClient(Actor, Recorded):
    """A program with a token; it acts for an organisation, or for the user it belongs to and dies with him.

    After a rotation the token before holds beside the new one until `old_token_until`.
    """

    name = models.CharField(_("name"), max_length=100)
    owner = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="api_clients", verbose_name=_("owner")
    )
    scopes = ArrayField(models.CharField(max_length=10), verbose_name=_("scopes"), default=list)
    token_prefix = models.CharField(_("token begins with"), max_length=12, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    old_token_hash = models.CharField(max_length=64, null=True, editable=False)
    old_token_until = models.DateTimeField(_("the token before holds until"), null=True, editable=False)
    limit_times = models.SmallIntegerField(
        _("times the usual limits"),
        default=1,
        help_text=_("how many times as many files and changes a minute as others"),
    )
    last_used_on = models.DateField(_("last used on"), null=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)

    is_authenticated, is_anonymous, is_staff = True, False, False

    objects = ApiClientQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("API client"), _("API clients")
        ordering = ["name", "pk"]
        triggers = recorded(secret=["token_hash", "old_token_hash"], quiet=["last_used_on"])
        constraints = [
            models.CheckConstraint(name="accounts_apiclient_role_known", condition=Q(role__in=Role.values)),
            role_needs_organisation("accounts_apiclient_role_needs_organisation"),
            models.CheckConstraint(
                name="accounts_apiclient_token_hashed", condition=Q(token_hash__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="accounts_apiclient_scopes_known", condition=Q(scopes__contained_by=list(SCOPES))
            ),
            models.UniqueConstraint(name="accounts_apiclient_old_token_once", fields=["old_token_hash"]),
            models.CheckConstraint(
                name="accounts_apiclient_old_token_hashed",
                condition=Q(old_token_hash=None) | Q(old_token_hash__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="accounts_apiclient_old_token_ends",
                condition=Q(old_token_hash=None, old_token_until=None)
                | Q(old_token_hash__isnull=False, old_token_until__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_apiclient_limit_times",
                condition=Q(limit_times__range=(1, MOST_TIMES)),
                violation_error_message=_("From 1 to 20 times the usual limits."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ledger_name(self) -> str:
        return f"user:{self.owner_id}" if self.owner_id else f"client:{self.pk}"

    @property
    def user_id(self) -> int | None:
        return self.owner_id

    @property
    def is_over(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def may_sign(self) -> bool:
        """A program signs nothing of its own; for its owner, what he may."""
        return self.owner is not None and self.owner.may_sign
