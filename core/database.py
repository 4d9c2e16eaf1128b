"""What a failure of the database means."""

from django.db import InterfaceError, InternalError, OperationalError, connections
from psycopg_pool import PoolTimeout

#: A standby, or a server that was told to take no changes: it can be read.
READ_ONLY = "25006"


def sqlstate(error: BaseException) -> str:
    """The code that PostgreSQL gave; empty where it could not even be asked."""
    return getattr(error.__cause__, "sqlstate", "") or ""


def is_away(error: BaseException | None) -> bool:
    """Not the request is wrong: the database does not answer, has no room or takes no changes. Later it may."""
    if isinstance(error, InternalError):
        return sqlstate(error) == READ_ONLY
    return isinstance(error, OperationalError | InterfaceError)


def is_lost(error: BaseException) -> bool:
    """The connection ended under the request: what it had begun was rolled back, or nobody knows. Not one that could
    not be had in time: that was waited for."""
    if not isinstance(error, OperationalError | InterfaceError) or isinstance(error.__cause__, PoolTimeout):
        return False
    return sqlstate(error)[:3] in {"", "57P"}


def raise_if_lost(using: str) -> None:
    """Where somebody took a failed query for an answer: say that it was none."""
    connection = connections[using]
    line = connection.connection
    if connection.errors_occurred and (line is None or line.closed):
        raise OperationalError("the connection was lost while a rule was asked")
