"""What would run in an answer: the tree that a browser makes of it is walked, however it came in.

A word of tests/hostile/words.py may stand in a text and in an attribute that is only read. Nothing else.
"""

import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree

from tests.hostile.words import PRODUCT, SENTINEL

RUNS = re.compile(r"^[\s\x00-\x20]*(javascript|vbscript|data)[\s\x00-\x20]*:", re.IGNORECASE)
ELSEWHERE = re.compile(r"\s*(//|\\\\)")
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "background", "srcset"}
#: Attributes of htmx and of Alpine, which the admin's theme uses, run as well.
RUNNING = ("on", "hx-on", "x-", "@", ":", "style", "srcdoc", "hx-vals", "hx-vars")
CODE = {"script", "style"}
#: What a script of this kind holds is data, if it cannot leave its element.
DATA = {"application/json", "application/ld+json"}


def faults(html: str) -> list[str]:
    """Why this page, or piece of one, is not harmless."""
    if not html.strip():
        return []
    found = [fault for one in lxml.html.document_fromstring(html).iter() for fault in _of(one)]
    return found + ["a template was filled in"] * (PRODUCT in html)


def _of(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    if element.tag in CODE and element.get("type") not in DATA and SENTINEL in (element.text or ""):
        yield f"<{element.tag}> {element.text[:80]}"
    if SENTINEL in element.tag:
        yield f"<{element.tag[:80]}>"
    for name, value in element.attrib.items():
        yield from _of_an_attribute(element.tag, str(name), value)


def _of_an_attribute(tag: str, name: str, value: str) -> Iterator[str]:
    small, told = name.lower(), f"<{tag} {name[:80]}={value[:80]}>"
    is_picture = tag == "img" and value.startswith("data:image/")
    bare = re.sub(r"[\t\r\n]", "", value)  # as a browser reads an address
    runs = small in ADDRESSES and RUNS.match(bare) and not is_picture
    if SENTINEL in name or runs or (small.startswith(RUNNING) and SENTINEL in value):
        yield told
    elif small in ADDRESSES and ELSEWHERE.match(value):
        yield f"{told} leads elsewhere"


def of_xml(content: bytes) -> list[str]:
    """Of a feed or a site map: it is XML, and what it holds as HTML is judged as such."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return [f"no XML: {error}"]
    found = []
    for element in root.iter(etree.Element):
        found += faults(element.text or "") if element.get("type") == "html" else []
        found += [f"{name}={value[:80]}" for name, value in element.attrib.items() if RUNS.match(value)]
        found += [f"<{element.tag}>"] * (etree.QName(element).localname in {"script", "img", "iframe"})
    return found
