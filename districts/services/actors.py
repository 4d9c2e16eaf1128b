"""Who acts, and how a date is said: what the services of this app share."""

from datetime import date

from accounts.models import ApiClient, User
from core.dates import PartialDate

#: A verb may be used with the rights of `acted_for`, for whom a substitute acts: the caller has seen that he may.
type Actor = User | ApiClient
#: A date as a source gives it: “2025-09-29”, “2025-09”, “2027 autumn”, “2029”.
type Dated = PartialDate | date | str | None
