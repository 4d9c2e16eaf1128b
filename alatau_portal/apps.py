from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "alatau_portal"
