from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DistrictsConfig(AppConfig):
    name = "districts"
    verbose_name = _("Districts and projects")

    def ready(self) -> None:
        from core import notices, publishing
        from districts import publishable
        from districts.models import LandPlot
        from districts.notices import KINDS
        from districts.services import publishing as services

        notices.register(*KINDS)
        publishing.provide(services)
        price = ("price_amount", "price_currency", "price_basis")
        facts = ("cadastral_number", "area_ha", "zone", "sectors", "geometry")
        publishable.withholdable(LandPlot, "purpose", "note", *facts, *price)
