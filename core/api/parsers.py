"""Bodies of requests: what comes is either JSON or a form with files, never larger than it may be."""

import json
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser, MultiPartParser

from core.files import MAX_BYTES

#: Of a body in JSON, and of a form with files.
LARGEST, LARGEST_FORM = 2**20, 3 * MAX_BYTES


class TooLarge(APIException):
    status_code = 413


class Json(JSONParser):
    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            read = super().parse(*args, **kwargs)
            json.dumps(read, ensure_ascii=False).encode()
            return read
        except UnicodeEncodeError as error:  # half of a pair: neither the database nor an answer can hold it
            raise ParseError(_("The body holds half of a character (“\\ud800” and the like).")) from error
        except RecursionError as error:  # brackets in brackets in brackets
            raise ParseError(_("The body is nested too deeply.")) from error


class Form(MultiPartParser):
    """`multipart/form-data`, for files."""


def refuse_large(request: Any, parsers: Any) -> None:
    """By what the request says of its length; the server reads no more than that."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_form = request.content_type.startswith("multipart/") and Form in parsers
    if length.isdigit() and int(length) > (LARGEST_FORM if is_form else LARGEST):
        raise TooLarge
