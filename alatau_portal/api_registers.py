"""The registers of the API: every app's, under one router."""

from accounts.api import views as accounts
from core.api import registers
from core.api.routers import PortalRouter
from districts.api import views as districts
from investors.api import views as investors
from tasks.api import views as tasks
from tasks.api.reporting import views as reporting

router = PortalRouter()
for app in (districts, investors, accounts, tasks, reporting, registers):
    app.register(router)
