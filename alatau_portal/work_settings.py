"""What settings.py says to Celery: nothing is lost when a worker or the broker dies."""

#: Working days in which the office promises an investor an answer to a request.
REQUEST_DAYS = 10

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT, CELERY_TASK_SOFT_TIME_LIMIT = 300, 270  # below visibility_timeout
CELERY_WORKER_MAX_TASKS_PER_CHILD, CELERY_WORKER_MAX_MEMORY_PER_CHILD = 500, 300_000
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 8
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE, CELERY_ENABLE_UTC = "Asia/Almaty", True
#: A publish to a dead broker fails in 10 ms, not 6 s; a killed worker's jobs are back in 5 s.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
#: Read by beat and, without a broker, by `manage.py work`.
CELERY_BEAT_SCHEDULE = {
    "deliver-outbox": {"task": "core.jobs.deliver_outbox", "schedule": 2.0, "options": {"expires": 10}},
    "deliver-webhooks": {
        "task": "alatau_portal.jobs.deliver_webhooks",
        "schedule": 2.0,
        "options": {"expires": 10},
    },
    "clear-sessions": {"task": "core.jobs.clear_sessions", "schedule": 3600.0, "options": {"expires": 600}},
    "make-occurrences": {
        "task": "tasks.jobs.make_occurrences",
        "schedule": 900.0,
        "options": {"expires": 600},
    },
    "scan-files": {"task": "core.jobs.scan_files", "schedule": 30.0, "options": {"expires": 25}},
    "care-for-files": {"task": "tasks.jobs.care_for_files", "schedule": 900.0, "options": {"expires": 600}},
    "keep-periods": {"task": "tasks.jobs.keep_periods", "schedule": 900.0, "options": {"expires": 600}},
    "remind-of-requests": {
        "task": "investors.jobs.remind_of_requests",
        "schedule": 900.0,
        "options": {"expires": 600},
    },
    "seal-ledger": {"task": "core.jobs.seal_ledger", "schedule": 60.0, "options": {"expires": 50}},
    "prove-ledger": {"task": "core.jobs.prove_ledger", "schedule": 3600.0, "options": {"expires": 600}},
    "keep-open-data": {
        "task": "alatau_portal.jobs.keep_open_data",
        "schedule": 20.0,
        "options": {"expires": 15},
    },
    "publish-open-data": {
        "task": "alatau_portal.jobs.publish_open_data",
        "schedule": 900.0,
        "options": {"expires": 600},
    },
    "retention": {"task": "core.jobs.keep_terms", "schedule": 3600.0, "options": {"expires": 600}},
    "remind-enquiries": {
        "task": "investors.jobs.remind_enquiries",
        "schedule": 300.0,
        "options": {"expires": 240},
    },
    "warn-of-tokens": {
        "task": "accounts.jobs.warn_of_tokens",
        "schedule": 3600.0,
        "options": {"expires": 600},
    },
    "remind": {"task": "tasks.jobs.remind", "schedule": 300.0, "options": {"expires": 240}},
}

#: Days after which personal data are cleared (core/retention.py; the page /review/personal-data/ shows them).
RETENTION_DAYS = {
    "letters": 30,
    "accesses": 366,
    "invitations": 30,
    "rates": 2,
    "spam": 30,
    "enquiries": 365,
}
#: Working days in which the office answers somebody who wants his personal data erased.
ERASURE_DAYS = 15
