"""Every machine code of the API: what it says and what to do about it, in three languages.

A problem document takes its title from here, and its detail where nothing more exact is said. The page
`/api/docs/errors/` and docs/errors.md are made of it. A code that is raised and is not here fails a test; so does one
that is here and is not raised.
"""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Entry(NamedTuple):
    """A kind of problem: its usual status, what happened, what to do."""

    status: int
    title: Any
    remedy: Any


CATALOGUE: dict[str, Entry] = {
    "invalid": Entry(400, _("Bad request"), _("The request is wrong: see “errors”.")),
    "parse_error": Entry(
        400,
        _("The body cannot be read"),
        _("The body cannot be read: send valid JSON, or a valid form where one is taken."),
    ),
    "invalid_key": Entry(
        400,
        _("No “Idempotency-Key”"),
        _("“Idempotency-Key” has 1 to 200 letters, digits and signs of ASCII, without spaces."),
    ),
    "invalid_tag": Entry(
        400,
        _("No entity tag"),
        _("“If-Match” has one or more tags in quotation marks, as “ETag” gave them, or “*”."),
    ),
    "no_offset": Entry(
        400,
        _("The piece has no place"),
        _("Say in “Upload-Offset” at which byte the piece begins."),
    ),
    "cut_short": Entry(
        400, _("The piece was cut short"), _("The piece was cut short on its way: send it again.")
    ),
    "bad_piece": Entry(
        400,
        _("The piece has changed on its way"),
        _("The piece has changed on its way (Upload-Checksum): send it again."),
    ),
    "bad_bundle": Entry(
        400,
        _("Not a file of reports"),
        _("Send the file as the portal gave it out, filled in: “detail” says what is wrong with this one."),
    ),
    "bad_file": Entry(
        422,
        _("The file is not taken"),
        _("“detail” says what is wrong with it: its kind, its size or its content. Send another one."),
    ),
    "not_authenticated": Entry(
        401,
        _("Not signed in"),
        _("The token is not valid: send “Authorization: Bearer <token>” with one that is, or none."),
    ),
    "token_expired": Entry(
        401,
        _("The token has ended"),
        _("This token has ended: its owner, or the project office, renews it."),
    ),
    "token_replaced": Entry(
        401,
        _("The token was renewed"),
        _("This token was renewed, and its time beside the new one is over: send the new one."),
    ),
    "token_revoked": Entry(401, _("The token is revoked"), _("This token is revoked: ask for a new one.")),
    "forbidden": Entry(403, _("Forbidden"), _("You may not do this.")),
    "not_found": Entry(404, _("Not found"), _("There is nothing at this address.")),
    "method_not_allowed": Entry(
        405,
        _("Method not allowed"),
        _("This address does not take this method: see the header “Allow”."),
    ),
    "not_acceptable": Entry(
        406,
        _("Not acceptable"),
        _(
            "This address does not answer in what you accept. Lists and objects are JSON; whole registers are at "
            "addresses that end with .csv, .xlsx or .geojson."
        ),
    ),
    "conflict": Entry(409, _("Conflict"), _("The data does not allow this now.")),
    "needs_reason": Entry(
        409,
        _("A reason is wanted"),
        _("Doubtful as it stands: mend what “errors” names, or send a reason."),
    ),
    "protected": Entry(409, _("Others refer to it"), _("Other rows refer to this one: change them first.")),
    "busy": Entry(
        409, _("Somebody is at it"), _("Somebody else is changing this at this moment: try again.")
    ),
    "still_running": Entry(
        409,
        _("The same request runs"),
        _("The same request is being answered at this moment: try again."),
    ),
    "written_over": Entry(
        409,
        _("Somebody was first"),
        _("It was changed since you read it: “current” has it as it is now. Read it again, then decide."),
    ),
    "on_control": Entry(
        409,
        _("It is on control"),
        _("What is on control changes by its verbs alone, such as “request_extension”."),
    ),
    "published": Entry(
        409,
        _("It is published"),
        _("What is published is changed by people, who make the change ready for a second one."),
    ),
    "files_missing": Entry(
        409,
        _("Files are missing"),
        _("“files” names those that are not here as a whole: send them to the end, then submit again."),
    ),
    "wrong_offset": Entry(
        409,
        _("The piece begins elsewhere"),
        _("Go on from the byte that the header “Upload-Offset” of this answer names."),
    ),
    "gone": Entry(410, _("Taken down"), _("What stood here is not public any more.")),
    "no_length": Entry(
        411, _("The length is missing"), _("Say in “Content-Length” how many bytes the piece has.")
    ),
    "stale": Entry(412, _("Changed meanwhile"), _("The object is not as “If-Match” says: read it again.")),
    "too_large": Entry(413, _("Too large"), _("The request is too large.")),
    "unsupported_media_type": Entry(
        415,
        _("Unsupported media type"),
        _("Send JSON, with “Content-Type: application/json”."),
    ),
    "unprocessable": Entry(
        422,
        _("Cannot be done"),
        _("The request is understood, but what it says cannot be done."),
    ),
    "rows_refused": Entry(
        422,
        _("Rows are refused"),
        _("Nothing was written: “errors” and “results” say what is wrong with which row."),
    ),
    "key_reused": Entry(
        422,
        _("The key is used"),
        _("This “Idempotency-Key” came with another request: a new request takes a new key."),
    ),
    "bad_checksum": Entry(
        422,
        _("The file has changed on its way"),
        _("What came is not what was announced (SHA-256): send the file again from its beginning."),
    ),
    "precondition_required": Entry(
        428,
        _("Precondition required"),
        _("Say in “If-Match” which state of the object you have read."),
    ),
    "throttled": Entry(429, _("Too many requests"), _("Try again later: see “Retry-After”.")),
    "too_many": Entry(
        429,
        _("Sent too often"),
        _("This was sent too often in a short time: wait a while and send it again."),
    ),
    "error": Entry(500, _("Internal error"), _("The portal has failed; it is noted. Try again.")),
    "storage_unavailable": Entry(
        503,
        _("Files cannot be kept now"),
        _("The portal cannot keep files at the moment. Nothing was changed: send it again later."),
    ),
    "storage_full": Entry(
        507,
        _("No room for files"),
        _(
            "The portal has no room for more files. Nothing was changed: tell the project office, and send it again."
        ),
    ),
    "unavailable": Entry(503, _("Not available"), _("The database does not answer. Try again.")),
}
#: The code of a status of which nothing more exact is said.
USUAL = {
    400: "invalid",
    401: "not_authenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    410: "gone",
    412: "stale",
    413: "too_large",
    415: "unsupported_media_type",
    422: "unprocessable",
    428: "precondition_required",
    429: "throttled",
    500: "error",
    503: "unavailable",
    507: "storage_full",
}

#: What the `code` of a place in “errors” says. Apps add what their own checks say (AppConfig.ready).
PLACES: dict[str, Any] = {
    "required": _("it is missing"),
    "unknown": _("it is not known here, or cannot be written"),
    "repeated": _("it was given more than once"),
    "empty": _("it has no value"),
    "null": _("it may not be null"),
    "blank": _("it is only spaces"),
    "text": _("it is no text"),
    "long": _("it is too long"),
    "invalid": _("it is malformed, out of range or not allowed here"),
    "invalid_choice": _("it is none of the codes"),
    "code": _("it is none of the codes"),
    "named": _("what it names is not there, or you may not know of it"),
    "day": _("it is no day"),
    "partial": _("it is no date"),
    "address": _("it is no address on the web"),
    "languages": _("it has other languages than kk, ru and en, or neither Kazakh nor Russian"),
    "instant": _("it is no instant"),
    "rows": _("it is no list of 1 to 500 rows"),
    "watches": _("it is no list of what to tell of"),
    "value": _("it is neither text, number, true, false nor null"),
    "field_first": _("the field is not named"),
    "number": _("it is no number, or out of range"),
    "exact": _("it is no exact number in quotation marks, or out of range"),
    "whole": _("it is no whole number, or out of range"),
    "bool": _("it is neither true nor false"),
    "uuid": _("it is no UUID"),
    "not_a_list": _("it is no list"),
    "max_length": _("it is too long"),
    "min_length": _("it is too short"),
    "max_value": _("it is too large"),
    "out_of_range": _("it is out of range"),
    "min_value": _("it is too small"),
    "unique": _("somebody else has it already"),
    "order": _("it comes after the other one"),
    "too_early": _("it is too early"),
    "too_late": _("it is too late"),
    "other_reader": _("the cursor was given to other rights, for other registers or in another language"),
    "lost": _("the cursor has seen what this portal has not"),
}


def entry(code: str, status: int) -> Entry:
    """Of this code; of the status where the code is not known."""
    return CATALOGUE.get(code) or CATALOGUE[usual(status)]


def usual(status: int) -> str:
    return USUAL.get(status) or USUAL[400 if status < 500 else 500]


def as_markdown() -> str:
    """The catalogue in the language of the caller, as docs/errors.md has it in English."""
    parts = [
        f"# {_('Errors of the API')}",
        str(
            _(
                "Every error is “application/problem+json” (RFC 9457). Programs decide by “code”, which never changes "
                "its meaning; “type” leads here. New codes may come: treat one that you do not know by its status."
            )
        ),
        *(f"### {code}\n\n**{told.status} {told.title}.** {told.remedy}" for code, told in CATALOGUE.items()),
        f"## {_('Places of a request')}",
        str(
            _(
                "What is wrong with a single parameter or place stands in “errors”, each with its own “code”, and "
                "with words in the language of the caller."
            )
        ),
        f"| code | {_('says')} |\n|---|---|\n"
        + "\n".join(f"| `{code}` | {said} |" for code, said in PLACES.items()),
    ]
    return "\n\n".join(parts) + "\n"
