"""Where there is something to look at: an address of every page, below the language; {project} and so on are ids."""

#: What anybody sees.
PUBLIC = [
    "/",
    "/districts/gate/",
    "/projects/",
    "/projects/?q=zzz",
    "/projects/?nonsense=1",
    "/projects/{project}/",
    "/investors/",
    "/investors/caspian_group/",
    "/search/",
    "/search/?q=курылыс",
    "/search/?q=zzz",
    "/about-data/",
    "/figures/city/area/",
    "/legal-acts/",
    "/timeline/",
    "/changes/",
    "/accessibility/",
    "/privacy/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/inactive/",
]
#: What the office sees besides.
SIGNED_IN = [
    "/",
    "/projects/?as_of={today}",
    "/projects/{project}/",
    "/control/",
    "/control/decisions/",
    "/control/mine/",
    "/control/reminders/",
    "/control/escalations/",
    "/control/register/",
    "/control/{instruction}/",
    "/control/{instruction}/put_on_control/",
    "/styleguide/",
    *(f"/styleguide/{section}/" for section in ("facts", "dated", "control", "lists", "forms", "ways")),
    "/accounts/profile/",
    "/accounts/notifications/",
    "/accounts/notifications/settings/",
    "/accounts/views/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/second-factor/",
    "/accounts/second-factor/app/",
    "/accounts/second-factor/keys/",
    "/accounts/second-factor/keys/add/",
]
#: Below /admin/, in the language last chosen; {project_pk} and so on are keys.
ADMIN = [
    "/admin/",
    "/admin/districts/project/",
    "/admin/districts/project/?q=%D0%BA%D1%83%D1%80%D1%8B%D0%BB%D1%8B%D1%81",
    "/admin/districts/project/{project_pk}/change/",
    "/admin/districts/project/{project_pk}/history/",
    "/admin/districts/figure/",
    "/admin/districts/figure/add/",
    "/admin/tasks/instruction/",
    "/admin/tasks/instruction/{instruction_pk}/change/",
    "/admin/tasks/reminderrule/",
    "/admin/tasks/reminder/",
    "/admin/tasks/escalation/",
    "/admin/investors/investor/",
    "/admin/accounts/user/",
]
ERRORS = (400, 403, 404, 405, 429, 500, 503)

#: Routes of the portal that show no page of their own, or one that only a code in a mail or a key opens.
WITHOUT_A_PAGE = {
    *("sign-out-elsewhere", "notices-read", "notice-read", "saved-view-rename", "saved-view-delete"),
    # Judged with a real second factor: test_accounts.
    *(f"mfa_{name}" for name in ("authenticate", "reauthenticate", "deactivate_totp", "view_recovery_codes")),
    *(f"mfa_{name}_webauthn" for name in ("edit", "remove", "reauthenticate", "login")),
    "mfa_generate_recovery_codes",
    "account_reauthenticate",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "invitation",
    # A list of what was ticked, and a download.
    "control-bulk",
    "instruction-file",
}
