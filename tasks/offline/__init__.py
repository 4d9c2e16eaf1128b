"""Reports that travel as files: a signed form to take along, a workbook, and what comes back in them.

    frozen.py    what was there when the file was made, signed
    shape.py     a report as plain fields that can be compared one by one
    said.py      what was typed, from whatever it came in, checked
    sent.py      the answers of the self-contained page (JSON)
    book_out.py  the workbook to fill in; book_in.py reads it, book_guard.py looks at it before it is opened
    merging.py   what is there now, what was there, what was typed: field by field

Nothing here writes: that is tasks/services/bundles.py.
"""
