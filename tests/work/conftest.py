"""A broker of its own that a test may kill."""

import subprocess
import time

import pytest
import redis

from alatau_portal.embedded import valkey


class Broker:
    def __init__(self, folder):
        self.socket = folder / "broker.sock"
        self.url = f"redis+socket://{self.socket}"
        self.process = None

    def start(self):
        program = [valkey.binary(), "--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        client = redis.Redis(unix_socket_path=str(self.socket))
        for _ in range(100):
            try:
                client.ping()
                return
            except redis.ConnectionError:
                time.sleep(0.05)
        raise AssertionError("the broker did not start")

    def kill(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def broker(tmp_path):
    broker = Broker(tmp_path)
    broker.start()
    yield broker
    broker.kill()
