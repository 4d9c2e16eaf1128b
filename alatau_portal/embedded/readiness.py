"""Says when the portal answers, and where to look when it does not."""

import http.client
import time
from urllib.parse import urlsplit

from alatau_portal.embedded.places import Places
from alatau_portal.environment import Environment

PAUSE = 0.1
WORRY = 60.0


def announce(environment: Environment, places: Places) -> None:
    """Wait for /health/ready and print the portal's address, once."""
    started, worried = time.monotonic(), False
    while not answers(environment):
        time.sleep(PAUSE)
        if not worried and time.monotonic() - started > WORRY:
            worried = True
            print(f"The portal does not answer yet: see {places.log / 'web.log'}", flush=True)
    accounts = places.data_dir / "demo-accounts.json"
    if environment.embedded and environment.demo and accounts.exists():
        print(f"Demo accounts: {accounts}", flush=True)
    print(f"Portal ready: {environment.public_url}", flush=True)


def answers(environment: Environment) -> bool:
    """The portal says that it is ready."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(environment.host, environment.host)
    connection = http.client.HTTPConnection(host, environment.port, timeout=5)
    try:
        connection.request("GET", "/health/ready", headers={"Host": urlsplit(environment.public_url).netloc})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
