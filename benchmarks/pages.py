"""What is measured."""

import json
from urllib.request import urlopen

#: Name and address; {project} is the public id of a project that the real data has.
PAGES = {
    "home": "/kk/",
    "projects": "/kk/projects/",
    "projects, searched": "/kk/projects/?q=%D0%BA%D1%83%D1%80%D1%8B%D0%BB%D1%8B%D1%81",
    "district": "/kk/districts/gate/",
    "project": "/kk/projects/{project}/",
    "investors": "/kk/investors/",
    "search": "/kk/search/?q=%D0%BA%D1%83%D1%80%D1%8B%D0%BB%D1%8B%D1%81",
}
#: Those whose first paint is measured.
PAINTED = ("home", "projects", "district", "project", "investors")
API = {"API: projects": "/api/v1/projects/", "API: a project": "/api/v1/projects/{project}/"}


def addresses(home: str) -> dict[str, str]:
    """Of every page and of the API."""
    with urlopen(f"{home}/api/v1/projects/?q=PepsiCo") as answer:
        project = json.load(answer)["results"][0]["public_id"]
    return {name: address.format(project=project) for name, address in (PAGES | API).items()}
