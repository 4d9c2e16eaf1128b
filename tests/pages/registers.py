"""What tests of the registers share: rows that are shown, and what a page says of them."""

import re
from html import unescape

from tests.factories import InvestorFactory, OrganisationFactory, ProjectFactory

SHOWN = {"visibility": "public"}
PROJECTS, INVESTORS = "/kk/projects/", "/kk/investors/"


def rows(response):
    return [
        unescape(name)
        for name in re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', response.content.decode())
    ]


def status(client, address, **query):
    found = re.search(
        r'id="list-status" role="status">(.*?)</div>', client.get(address, query).content.decode(), re.S
    )
    return " ".join(re.sub("<[^>]+>", " ", unescape(found[1])).replace("\xa0", " ").split())


def project(name, **facts):
    return ProjectFactory(name_kk=name, name_ru=name, **(SHOWN | facts))


def investor(name, **facts):
    company = OrganisationFactory(name_kk=name, name_ru=name, **(SHOWN | facts.pop("company", {})))
    return InvestorFactory(organisation=company, **(SHOWN | facts))
