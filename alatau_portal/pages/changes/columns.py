"""What a changed column is called in a sentence."""

from django.utils.translation import gettext_lazy

#: What an amended column is called in a sentence; the three languages of a text are one word.
LABELS = {
    "name": gettext_lazy("name"),
    "purpose": gettext_lazy("purpose"),
    "note": gettext_lazy("note"),
    "kind": gettext_lazy("kind"),
    "sectors": gettext_lazy("sectors"),
    "district_id": gettext_lazy("district"),
    "geometry": gettext_lazy("place on the map"),
    "area_ha": gettext_lazy("area"),
    "file_id": gettext_lazy("file"),
    "boundary": gettext_lazy("boundary"),
    "profile": gettext_lazy("profile"),
    "location": gettext_lazy("location"),
    "text": gettext_lazy("text"),
    "title": gettext_lazy("title"),
    "later": gettext_lazy("what came of it"),
    "place": gettext_lazy("venue"),
    "held_day": gettext_lazy("date"),
    "subject": gettext_lazy("subject"),
    "outcome": gettext_lazy("outcome"),
    "publisher": gettext_lazy("publisher"),
    "addresses": gettext_lazy("addresses"),
    "published_day": gettext_lazy("date"),
    "number": gettext_lazy("number"),
    "signed_on": gettext_lazy("date of signing"),
}
