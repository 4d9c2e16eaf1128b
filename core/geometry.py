"""Geometries are GeoJSON (RFC 7946), judged by shapely."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from shapely.geometry import shape


def is_geometry(value: Any) -> bool:
    """One valid GeoJSON geometry; shapely raises five kinds of errors over what is none."""
    try:
        return bool(shape(value).is_valid)
    except Exception:
        return False


def valid_geometry(value: Any) -> None:
    """For the columns that hold one: names the remedy."""
    if not is_geometry(value):
        raise ValidationError(
            _("This is not a valid GeoJSON geometry: look at its type, rings and positions.")
        )
