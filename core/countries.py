"""Names of the countries that investors come from; a country that is not here shows its ISO 3166-1 code."""

from django.utils.translation import gettext_lazy as _

COUNTRIES = {
    "AE": _("United Arab Emirates"),
    "CN": _("China"),
    "DE": _("Germany"),
    "FR": _("France"),
    "GB": _("United Kingdom"),
    "HK": _("Hong Kong"),
    "IT": _("Italy"),
    "JP": _("Japan"),
    "KG": _("Kyrgyzstan"),
    "KR": _("South Korea"),
    "KZ": _("Kazakhstan"),
    "MY": _("Malaysia"),
    "NL": _("Netherlands"),
    "QA": _("Qatar"),
    "RU": _("Russia"),
    "SA": _("Saudi Arabia"),
    "SG": _("Singapore"),
    "TR": _("Türkiye"),
    "US": _("United States"),
    "UZ": _("Uzbekistan"),
}
