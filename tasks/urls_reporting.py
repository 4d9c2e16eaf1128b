"""Pages of progress reports: /report/ of who owes them, /review/ of who answers."""

from django.urls import path, re_path

from tasks.views import (
    disputes,
    filing,
    filing_files,
    filing_proofs,
    matrix,
    periods,
    review,
    wizard,
    wizard_data,
)
from tasks.views.papers import matrix_paper, own_matrix_paper

_CODE = r"(?P<code>[0-9]{4}-(?:[0-9]{2}|Q[1-4]))"
_CASE = rf"{_CODE}/(?P<public_id>[-A-Za-z0-9_]+)/"
_FILE = r"\.(?P<form>pdf|docx|xlsx|csv)$"

report_patterns = [
    path("", filing.mine, name="report"),
    path("sw.js", wizard.worker, name="report-worker"),
    path("shell/", wizard.shell, name="report-shell"),
    path("matrix/", matrix.own_matrix, name="report-matrix"),
    re_path(rf"^matrix{_FILE}", own_matrix_paper, name="report-matrix-paper"),
    path("proofs/<slug:public_id>/", filing_proofs.add, name="report-proofs"),
    path("proofs/<slug:public_id>/<int:pk>/caption/", filing_proofs.caption, name="report-proof-caption"),
    path("proofs/<slug:public_id>/<int:pk>/remove/", filing_proofs.remove, name="report-proof-remove"),
    path("files/", filing_files.page, name="report-files"),
    re_path(rf"^files/{_CODE}\.(?P<form>html|json|xlsx)$", filing_files.download, name="report-file"),
    re_path(rf"^{_CASE}$", filing.form, name="report-form"),
    re_path(rf"^{_CASE}form\.json$", wizard_data.data, name="report-data"),
]
review_patterns = [
    path("", review.queue, name="review"),
    path("duties/", review.duties, name="review-duties"),
    path("duties/<int:pk>/end/", periods.end_duty, name="review-duty-end"),
    path("duties/<int:pk>/hand-over/", periods.hand_over_duty, name="review-duty-hand-over"),
    path("periods/", periods.periods, name="review-periods"),
    re_path(rf"^periods/{_CODE}/$", periods.period, name="review-period"),
    path("matrix/", matrix.matrix, name="review-matrix"),
    re_path(rf"^matrix{_FILE}", matrix_paper, name="review-matrix-paper"),
    path("disputes/", disputes.queue, name="disputes"),
    path("disputes/<slug:public_id>/", disputes.detail, name="dispute"),
    path("disputes/<slug:public_id>/file/", disputes.file, name="dispute-file"),
    path("<slug:public_id>/", review.report, name="review-report"),
    path("<slug:public_id>/proofs/<int:pk>/", filing_proofs.show, name="review-proof"),
    path("<slug:public_id>/proofs/<int:pk>/release/", filing_proofs.release, name="review-proof-release"),
]
