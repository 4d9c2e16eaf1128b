"""Pages of progress reports: /report/ of who owes them, /review/ of who answers."""

from django.urls import path, re_path

from tasks.views import disputes, filing, review, wizard, wizard_data

#: A period and a project.
_CASE = r"(?P<code>[0-9]{4}-(?:[0-9]{2}|Q[1-4]))/(?P<public_id>[-A-Za-z0-9_]+)/"

report_patterns = [
    path("", filing.mine, name="report"),
    path("sw.js", wizard.worker, name="report-worker"),
    path("shell/", wizard.shell, name="report-shell"),
    re_path(rf"^{_CASE}$", filing.form, name="report-form"),
    re_path(rf"^{_CASE}form\.json$", wizard_data.data, name="report-data"),
]
review_patterns = [
    path("", review.queue, name="review"),
    path("duties/", review.duties, name="review-duties"),
    path("disputes/", disputes.queue, name="disputes"),
    path("disputes/<slug:public_id>/", disputes.detail, name="dispute"),
    path("disputes/<slug:public_id>/file/", disputes.file, name="dispute-file"),
    path("<slug:public_id>/", review.report, name="review-report"),
]
