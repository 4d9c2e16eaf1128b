"""Names that other systems have for instructions: what the database refuses."""

import pytest

from tests.factories import ExternalReferenceFactory
from tests.refusals import Wrong, parameters

pytestmark = pytest.mark.django_db

CASES = {
    "tasks_externalreference_once": [Wrong(ExternalReferenceFactory, twin=("scheme", "value"))],
    "tasks_externalreference_one_per_scheme": [
        Wrong(ExternalReferenceFactory, twin=("instruction_id", "scheme"))
    ],
    "tasks_externalreference_named": [
        Wrong(ExternalReferenceFactory, {"value": ""}),
        Wrong(ExternalReferenceFactory, {"scheme": ""}),
    ],
}


@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_what_the_database_refuses(door, rule, case):
    door(rule, case)
