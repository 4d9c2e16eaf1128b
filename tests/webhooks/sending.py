"""Sends what is owed, as the worker does."""

from accounts.services.deliveries import deliver_one


def anything(delivery):
    return True


def send(now=None):
    """Send all that is due at this moment; how many there were."""
    sent = 0
    while deliver_one(anything, now):
        sent += 1
    return sent
