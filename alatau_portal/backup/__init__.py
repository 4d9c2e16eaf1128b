"""Backup, restore and the drill that proves them (docs/backup.md).

installation.py   what is to be kept: whose database, which files, which key; PostgreSQL's own programs
manifest.py       what a backup says of itself, and whether that is true
take.py           `make backup [TO=directory]`
restore.py        `make restore FROM=directory`: proves a new database before it takes the old one's place
drill.py          `make restore-drill`: a portal is written to, saved, destroyed, restored and compared
writing.py        those who write and follow meanwhile
wal.py            the second part of the drill: a base backup and a continuous stream of WAL
"""
