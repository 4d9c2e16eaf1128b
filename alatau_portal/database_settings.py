"""Django's words for a PostgreSQL URL, and how long a door may hold the database."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

#: A statement, a wait for a lock, an idle transaction. A visitor does not wait longer; a job ends at 5 minutes anyway
#: (CELERY_TASK_TIME_LIMIT); a migration may take its time, but not make those who write wait for it.
LIMITS = {
    "web": {"statement_timeout": "15s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "1min"},
    "work": {
        "statement_timeout": "5min",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "1min",
    },
    "owner": {"statement_timeout": "0", "lock_timeout": "3s", "idle_in_transaction_session_timeout": "1min"},
}

#: A machine that is gone without a word is noticed within half a minute; a socket of this machine needs none of it.
HEARTBEAT = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}


def connection(url: str, door: str, threads: int = 1) -> dict[str, Any]:
    """Web processes keep a pool; workers and commands one connection."""
    parts, is_web = conninfo_to_dict(url), door == "web"
    limits = " ".join(f"-c {name}={value}" for name, value in LIMITS[door].items())
    options: dict[str, Any] = {"connect_timeout": 3, "options": limits}
    options |= HEARTBEAT
    for name in ("sslmode", "sslrootcert"):
        if name in parts:
            options[name] = parts[name]
    if is_web:
        options["prepare_threshold"] = 2  # of core.prepared alone: Django's own cursors never prepare
        # A killed database is back sooner than the pool gives up; who waits longer is told to come again.
        options["pool"] = {"min_size": 1, "max_size": max(4, threads), "timeout": 8, "max_lifetime": 1800}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", ""),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "CONN_MAX_AGE": 0 if is_web else 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
