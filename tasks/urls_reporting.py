"""Pages of progress reports: /report/ of who owes them, /review/ of who answers."""

from django.urls import path, re_path

from tasks.views import disputes, filing, filing_files, review

report_patterns = [
    path("", filing.mine, name="report"),
    path("files/", filing_files.page, name="report-files"),
    re_path(
        r"^files/(?P<code>[0-9]{4}-(?:[0-9]{2}|Q[1-4]))\.(?P<form>html|json|xlsx)$",
        filing_files.download,
        name="report-file",
    ),
    re_path(
        r"^(?P<code>[0-9]{4}-(?:[0-9]{2}|Q[1-4]))/(?P<public_id>[-A-Za-z0-9_]+)/$",
        filing.form,
        name="report-form",
    ),
]
review_patterns = [
    path("", review.queue, name="review"),
    path("duties/", review.duties, name="review-duties"),
    path("disputes/", disputes.queue, name="disputes"),
    path("disputes/<slug:public_id>/", disputes.detail, name="dispute"),
    path("disputes/<slug:public_id>/file/", disputes.file, name="dispute-file"),
    path("<slug:public_id>/", review.report, name="review-report"),
]
