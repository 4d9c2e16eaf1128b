"""What the benchmark of filing does inside its portal: `python -m benchmarks.filing_inside prepare`, and `check`."""

import hashlib
import json
import os
import sys
import time
from datetime import date
from typing import Any

from benchmarks.filing import CLIENTS, MONTHS, PORTAL


def prepare() -> dict[str, Any]:
    """Twenty signers of one akimat with a token each, and what it owes: pairs of a project and a period."""
    from accounts.models import Organisation, User
    from accounts.services.tokens import new_client
    from districts.models import Project
    from tasks import services
    from tasks.models import ReportingDuty, ReportingPeriod

    office = User.objects.get(username="office")
    akimat = Organisation.objects.get(code="akimat_almaty_region")
    projects = list(Project.objects.order_by("pk"))
    days = {"since": MONTHS[0], "until": date(2024, 12, 31)}
    for project in projects:
        if not ReportingDuty.objects.filter(project=project, kind="month", since=days["since"]).exists():
            services.assign_duty(project, akimat, by=office, kind="month", **days)
    for starts in MONTHS:
        following = date(starts.year + starts.month // 12, starts.month % 12 + 1, 1)
        facts = {"ends": date.fromordinal(following.toordinal() - 1), "due_on": date(2199, 1, 1)}
        facts["grace_until"] = date(2199, 1, 8)
        ReportingPeriod.objects.get_or_create(kind="month", starts=starts, defaults=facts)
    tokens = []
    for number in range(CLIENTS):
        facts = {"role": "executor", "organisation": akimat}
        signer, _new = User.objects.get_or_create(
            username=f"bench-signer-{number}", defaults=facts | {"may_sign": True}
        )
        client = new_client(office, f"bench {time.time_ns()}", ["read", "write"], facts | {"owner": signer})
        tokens.append(client[1])
    owed = [(project.public_id, f"{starts:%Y-%m}") for starts in MONTHS for project in projects]
    return {"tokens": tokens, "owed": owed}


def check(sent: list[str]) -> dict[str, int]:
    """What the portal holds of what was sent (SHA-256 of each photo)."""
    from django.core.files.storage import default_storage
    from django.db.models import Count

    from tasks.models import Evidence, ProgressReport, Upload, UploadChunk

    rows = ProgressReport.objects.filter(period__starts__in=MONTHS)
    twice = rows.values("project", "period").annotate(number=Count("pk")).filter(number__gt=1).count()
    there: dict[str, int] = {}
    size = 0
    for proof in Evidence.objects.filter(progress__in=rows).select_related("file"):
        assert proof.file is not None
        with default_storage.open(proof.file.path) as file:
            content = file.read()
        digest = hashlib.sha256(content).hexdigest()
        there[digest] = there.get(digest, 0) + 1
        size += len(content)
    unfinished = Upload.objects.filter(report__in=rows, file=None).count() + UploadChunk.objects.count()
    return {
        "reports": rows.filter(state="submitted").count(),
        "files": sum(there.values()),
        "bytes": size,
        "duplicates": twice + sum(number - 1 for number in there.values()),
        "lost": sum(digest not in there for digest in sent) + unfinished,
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alatau_portal.settings")
    import django

    django.setup()
    from django.conf import settings

    from core import ledger

    if settings.DATA_DIR.name != PORTAL:
        sys.exit("This files invented reports: it runs on the portal of `make bench` only.")
    with ledger.acting("system:bench", "benchmark"):
        print(json.dumps(prepare() if sys.argv[1] == "prepare" else check(json.load(sys.stdin))))
