"""Addresses that change something: a door that reads the body, calls the service and shows what became of it."""

from collections.abc import Callable
from functools import partial, wraps
from inspect import getdoc
from typing import Any

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import idempotency, preconditions
from core.api.bodies import Body
from core.api.idempotency import told
from core.api.parsers import Form, Json
from core.api.schema_writing import TAGGED
from core.api.views import Register


class Nothing(Body):
    """No field: an empty object, or no body at all."""


def creates(body: type[Body], shown: Any, finds: bool = False) -> Callable[[Any], Any]:
    """POST on a register: answers 201 with where the new object is, and the object.

    Where it `finds` too, it returns (row, whether it is new), and answers 200 with one that was there.
    """

    def decorate(perform: Any) -> Any:
        @wraps(perform)
        def answer(self: Any, request: Request, **kwargs: Any) -> Response:
            made = perform(self, by=request.user, **self.said(body))
            row, is_new = made if finds else (made, True)
            return self.made(row) if is_new else self.shown(row)

        answers = {200: shown, 201: shown} if finds else {201: shown}
        return described(writes(answer), perform, body, answers, parameters=TAGGED)

    return decorate


def verb(
    body: type[Body] = Nothing, *, shown: Any, makes: bool = False, form: type[Body] | None = None
) -> Callable[[Any], Any]:
    """POST on an object: answers 200 with the object as it is now, or 201 where the verb `makes` one of its own.

    Whose object it is comes first, then what the caller has read of it (`If-Match`), then what he says. The same
    request under its `Idempotency-Key` is answered as it was before any of this is asked.

    `form`: the body as a form with files, beside the one in JSON. `shown` is None where nothing is left: a 204.
    """

    def decorate(perform: Any) -> Any:
        @wraps(perform)
        def answer(self: Any, request: Request, **kwargs: Any) -> Response:
            with transaction.atomic():
                row = self.row()
                preconditions.require(self, row)
                is_form = form is not None and request.content_type.startswith("multipart/")
                made = perform(self, row, by=request.user, **self.said(form if is_form else body))
                if shown is None:
                    return Response(status=204)
                return self.made(made) if makes else self.shown(row)

        name = perform.__name__.rstrip("_")
        parsers = {"parser_classes": [Json, Form]} if form else {}
        routed = action(detail=True, methods=["post"], url_path=name, url_name=name, **parsers)
        status = 204 if shown is None else 201 if makes else 200
        return described(routed(writes(answer)), perform, body, {status: shown}, form, TAGGED)

    return decorate


def deed(body: type[Body], *, shown: Any, form: type[Body]) -> Callable[[Any], Any]:
    """POST on a register as a whole, as JSON or as a form with a file: answers 200 with what is returned."""

    def decorate(perform: Any) -> Any:
        @wraps(perform)
        def answer(self: Any, request: Request, **kwargs: Any) -> Response:
            is_form = request.content_type.startswith("multipart/")
            return Response(perform(self, by=request.user, **self.said(form if is_form else body)))

        name = perform.__name__
        routed = action(
            detail=False, methods=["post"], url_path=name, url_name=name, parser_classes=[Json, Form]
        )
        return described(routed(writes(answer)), perform, body, {200: shown}, form)

    return decorate


def writes(answer: Any) -> Any:
    """What core.api.permissions asks for: nothing else writes. Under an `Idempotency-Key` it is done once."""

    @wraps(answer)
    def once(self: Any, request: Request, **kwargs: Any) -> Response:
        return idempotency.once(request, partial(answer, self, request, **kwargs))

    once.writes = True  # type: ignore[attr-defined]
    return once


def described(
    answer: Any, perform: Any, body: Any, answers: Any, form: Any = None, parameters: Any = ()
) -> Any:
    request = {"application/json": body} | ({"multipart/form-data": form} if form else {})
    said = " ".join((getdoc(perform) or "").split())
    summary = said.partition(".")[0].partition(":")[0]
    described = {"summary": summary, "description": said, "parameters": list(parameters)}
    return extend_schema(request=request, responses=answers, **described)(answer)


class Writing(Register):
    """A register some of whose addresses write."""

    def row(self) -> Any:
        """The object, as far as the caller may know of it; no more of it than a service needs."""
        known = self.queryset.model.objects.visible_to(self.request.user)
        return get_object_or_404(known, **{self.lookup_field: self.kwargs[self.lookup_field]})

    def hold(self, row: Any) -> None:
        """Lock it, and what belongs to it, until the transaction ends: in the order in which its services do."""
        if not type(row)._base_manager.select_for_update(of=("self",)).filter(pk=row.pk).exists():
            raise Http404

    def said(self, body: type[Body]) -> dict[str, Any]:
        said = self.request.data
        # Of null the library says nothing in the caller's language; of a list it does.
        read = body(data=[] if said is None else said, context=self.get_serializer_context())
        read.is_valid(raise_exception=True)
        return read.validated_data

    def whole(self, row: Any) -> Any:
        """With all that is shown of it, as the caller may see it now; a verb of one register may make a row of
        another, of which the app knows."""
        return get_object_or_404(self.get_queryset(), pk=row.pk)

    def serializer_of(self, whole: Any) -> Any:
        return self.serializer_class

    def tell(self, whole: Any, **otherwise: Any) -> dict[str, Any]:
        """As a GET of it answers."""
        told = self.serializer_of(whole)(context={**self.get_serializer_context(), **otherwise})
        return told.to_representation(whole)

    def show(self, row: Any) -> dict[str, Any]:
        return self.tell(self.whole(row))

    def shown(self, row: Any) -> Response:
        """The object at its address, so that whoever changed it may go on without reading it again."""
        shown = self.show(row)
        address = shown["url"] + (f"?lang={self.lang}" if self.lang else "")
        headers = {"ETag": preconditions.tag_of_answer(told(shown))}
        if told(shown) is shown:  # a GET answers just this
            headers["Content-Location"] = address
        return Response(shown, headers=headers)

    def made(self, row: Any) -> Response:
        shown = self.show(row)
        headers = {"Location": shown["url"], "ETag": preconditions.tag_of_answer(told(shown))}
        return Response(shown, 201, headers=headers)
