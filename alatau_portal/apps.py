from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "alatau_portal"

    def ready(self) -> None:
        from alatau_portal import celery  # noqa: F401 so that every process has the app its jobs belong to
