"""Examples of bodies in the OpenAPI file."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

WHAT = {"kk": "Орталықты салу", "ru": "Построить центр"}
RESULT = {"kk": "Қабылдау актісі", "ru": "Акт приёмки"}


def _said(name: str, **value: Any) -> OpenApiExample:
    return OpenApiExample(name, value, request_only=True)


REGISTER = _said(
    "Register",
    text=WHAT,
    issuer="deputy_prime_minister",
    issued_on="2026-02-02",
    number="12-1",
    due="2026-03-02",
    expected_result=RESULT,
    evidence_kind="act",
    district="gate",
    executors=[
        {"organisation": "mic", "role": "lead"},
        {"organisation": "akimat_almaty_region", "role": "co", "internal_due": "2026-02-20"},
        {"group": {"kk": "инвесторлар", "ru": "инвесторы"}, "role": "co"},
    ],
)
AMEND = _said("Amend", number="12-2", due="2026-03-02", executors=[{"organisation": "mic", "role": "lead"}])
AT_ONCE = _said(
    "Two at once",
    rows=[
        {"external_id": "edms-4711", "text": WHAT, "issuer": "deputy_prime_minister", "due": "2026-03-02"},
        {"external_id": "edms-4712", "text": WHAT, "issuer": "deputy_prime_minister", "number": "12-3"},
    ],
    dry_run=True,
    all_or_nothing=True,
)
PUT_ON_CONTROL = _said("Put on control", due="2026-03-02", expected_result=RESULT, lead="mic")
REASON = _said("Reason", reason="Жер учаскелері әкімдіктің құзыретінде")
REASSIGN = _said("Re-assign", lead="akimat_almaty_region", reason="Жер учаскелері әкімдіктің құзыретінде")
CONTRIBUTE = _said(
    "Contribute", text="Жер бөлінді", evidence=[{"url": "https://example.kz/zher", "note": "Қаулы"}]
)
REPORT = _said(
    "Report",
    kind="final",
    text="Салынды",
    evidence=[{"url": "https://example.kz/akt", "note": "Қабылдау актісі"}],
)
RETURN = _said("Return", note="Актіні қосыңыз")
REMAINDER = _said("The rest", text=WHAT, expected_result=RESULT, due="2026-09-01")
SPLIT = _said("Part", text=WHAT, expected_result=RESULT, due="2026-02-20", lead="akimat_almaty_region")
EXTEND = _said("Ask for more time", new_due="2026-04-01", reason="Жабдық кешікті")
GRANT = _said("Another date", due="2026-03-25")
CORRECT = _said("Correct", why="Күні қате жазылды", due="2026-03-27")
