"""A cache may be empty, never broken."""

import logging
import time
from collections.abc import Callable
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

logger = logging.getLogger(__name__)
LEAVE_ALONE = (
    5.0  # seconds without a try after a failure, so that a dead Redis costs one timeout, not one a request
)


class ForgivingClient(RedisCacheClient):
    """Redis errors count as a miss."""

    _dead_until = 0.0

    def _or[T](self, miss: T, call: Callable[[], T]) -> T:
        if time.monotonic() < ForgivingClient._dead_until:
            return miss
        try:
            return call()
        except (redis.ConnectionError, redis.TimeoutError) as error:
            ForgivingClient._dead_until = time.monotonic() + LEAVE_ALONE
            logger.warning("the cache does not answer, going on without it: %s", error)
            return miss

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return self._or(True, lambda: super(ForgivingClient, self).add(key, value, timeout))

    def get(self, key: Any, default: Any) -> Any:
        return self._or(default, lambda: super(ForgivingClient, self).get(key, default))

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        return self._or(None, lambda: super(ForgivingClient, self).set(key, value, timeout))

    def touch(self, key: Any, timeout: Any) -> bool:
        return self._or(False, lambda: super(ForgivingClient, self).touch(key, timeout))

    def delete(self, key: Any) -> bool:
        return self._or(False, lambda: super(ForgivingClient, self).delete(key))

    def get_many(self, keys: Any) -> dict[Any, Any]:
        return self._or({}, lambda: super(ForgivingClient, self).get_many(keys))

    def has_key(self, key: Any) -> bool:
        return self._or(False, lambda: super(ForgivingClient, self).has_key(key))

    def incr(self, key: Any, delta: int) -> int:
        return self._or(delta, lambda: super(ForgivingClient, self).incr(key, delta))

    def set_many(self, data: Any, timeout: Any) -> None:
        return self._or(None, lambda: super(ForgivingClient, self).set_many(data, timeout))

    def delete_many(self, keys: Any) -> None:
        return self._or(None, lambda: super(ForgivingClient, self).delete_many(keys))

    def clear(self) -> bool:
        return self._or(False, lambda: super(ForgivingClient, self).clear())


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache with the forgiving client."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient

    def answers(self) -> bool:
        """Asked anew, whatever was heard a moment ago."""
        try:
            return bool(self._cache.get_client(None).ping())
        except redis.RedisError:
            return False
