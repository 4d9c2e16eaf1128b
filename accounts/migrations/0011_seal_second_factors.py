"""Secrets of authenticator apps and of recovery codes, which stood in the clear, are sealed (accounts.adapter)."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

from core.sealed import is_sealed, seal, unseal

SECRETS = ('secret', 'seed')


def _seal(apps: Any, schema_editor: Any) -> None:
    _rewrite(apps, lambda text: text if is_sealed(text) else seal(text))


def _unseal(apps: Any, schema_editor: Any) -> None:
    _rewrite(apps, lambda text: unseal(text) if is_sealed(text) else text)


def _rewrite(apps: Any, written: Callable[[str], str]) -> None:
    rows = apps.get_model('mfa', 'Authenticator').objects
    for row in rows.select_for_update().filter(type__in=['totp', 'recovery_codes']).order_by('pk'):
        row.data |= {name: written(row.data[name]) for name in SECRETS if name in row.data}
        row.save(update_fields=['data'])


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_webhook_pieces'),
        ('mfa', '0003_authenticator_type_uniq'),
    ]

    operations = [migrations.RunPython(_seal, _unseal)]
