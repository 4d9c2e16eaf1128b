"""`make chaos`: a portal under load whose programs are killed and frozen, judged by what it had acknowledged.

clients.py writes and reads and keeps what was answered; faults.py kills and freezes; jobs.py counts what was sent;
judging.py compares. Nothing but loopback is touched, and only programs of the portal that was started here.
"""
