from tests.accounts.identity import linked, provider, server

__all__ = ["linked", "provider", "server"]
