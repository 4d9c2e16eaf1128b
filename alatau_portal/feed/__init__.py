"""`/api/v1/changes/`: what has become different for its reader since he last asked.

The feed compares two worlds: what the reader may see of the registers now, and what he might have seen at the moment
that his cursor names (`core.bookmarks.seen`). Both are read by the registers' own querysets and serializers, so every
rule of who sees what stands where it always stood, and what is not different for a reader is not told to him.

    cursor.py     what a reader has been told: moments of the ledger, and how far a pass has come
    touched.py    which objects the ledger has changes of since
    reading.py    objects as a register shows them to this reader, in whichever world is open
    passes.py     the difference, page by page
    views.py      the address
"""
