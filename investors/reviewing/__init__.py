"""What the office sees of enquiries: the queue, one of them, and the verbs that answer it."""

from investors.reviewing.page import detail, file
from investors.reviewing.queue import queue
from investors.reviewing.verbs import verb

__all__ = ["detail", "file", "queue", "verb"]
