"""The register as open data: OC4IDS packages, GeoJSON, a table and a catalogue, published together and checked first.

`city` reads once what a visitor may know; `files` makes of it the bytes of every file; `checks` judges them;
`editions` publishes what passed. docs/open-data.md says what stands where.
"""
