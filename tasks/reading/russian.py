"""Russian instructions: «поручил акимату … завершить», «Министерству … обеспечить», «поручено», «необходимо»."""

import re
from collections.abc import Sequence

from tasks.reading.bodies import Body, bodies
from tasks.reading.clauses import Clause, are_joined, chain_from, choose_term, is_at, leader, without_brackets
from tasks.reading.names import Named
from tasks.reading.terms import terms
from tasks.reading.text import Text

_TASKS = r"(?:поручени[ея]|указани[ея]|задани[ея]|задач[ауи])"
ACTIVE = re.compile(
    rf"(?<!\w)(?:поручил[аи]?|поручает|поручаю|поручаем|поручить|(?:дал[аи]?|дает|даю|дать|выдал[аи]?|озвучил[аи]?)\s(?:\S+\s){{0,3}}{_TASKS}|{_TASKS}\s(?:дал[аи]?|поставил[аи]?)"
    rf"|(?:поставил[аи]?|ставлю|ставит|поставить|определил[аи]?)\s(?:\S+\s){{0,5}}{_TASKS}|потребовал[аи]?|требую|обязал[аи]?|обязываю|обязать|обязывает|рекомендовал[аи]?|рекомендую|рекомендовать"
    r"|распорядил(?:ся|ась)|указа(?:л[аи]?|ть)(?:\s\S+){0,4}?\sна\sнеобходимость|возложил[аи]?|возложить|предписал[аи]?|предписать)(?!\w)"
)
PASSIVE = re.compile(
    rf"(?<!\w)(?:поручен[оаы]?|(?:был[оаи]?\s)?дан[оаы]?\s(?:\S+\s){{0,2}}{_TASKS}|(?:поставлен[аоы]?|определен[аы]?)\s(?:\S+\s){{0,4}}{_TASKS}|{_TASKS}\s(?:дан[оаы]|поставлен[аы]|получил\w*)"
    rf"|рекомендован[оаы]?|предписан[оаы]?|возложен[оаы]?|(?:получил[аи]?|получило)\s(?:\S+\s){{0,2}}{_TASKS})(?!\w)"
)
NEEDED = re.compile(
    r"(?<!\w)(?:необходимо|надлежит|следует|нужно|надо|должн[ыоа]?|должен|обязан[ыоа]?)(?!\w)"
)
LET = re.compile(r"(?<!\w)пусть(?!\w)")
_INFINITIVE = re.compile(r"(?:.{2,}(?:[аеиыуя]ть|оть|[зс]ть|йти|[дй]ти|чь|расти|блюсти)|.*(?:[внм]ести|везти))(?:ся)?")
_NO_VERB = set(
    "область часть сеть пять шесть десять девять семь восемь опять мать нефть путь речь ночь помощь печать память ртуть "
    "очередь есть власть связь кровать двадцать тридцать весть кость гость лишь отчасти страсть снасть масть".split()
)
_DECIDING = re.compile(
    r"(?<!\w)(?:утвердить|одобрить|согласиться|признать|считать|создать|образовать|включить|исключить|снять|продлить|отметить|поддержать"
    r"|избрать|назначить|отложить|перенести|согласовать|принять(?! мер)|объявить|оставить)(?!\w)"
)
_WITH_PART_OF = re.compile(r"(?:с участием|при участии|с привлечением)\s+$")
_WITH = re.compile(r"(?:совместно|вместе|сообща|во взаимодействии)\s+(?:с|со)\s+$")
_NOT_TO = re.compile(
    r"(?:по согласованию с|при участии|с участием|с привлечением|с учетом мнения|(?<!\w)(?:в|во|с|со|от|у|при|для|о|об|обо|через|из|под|за|к|ко|между|на|по|над|без))\s+$"
)
_ALSO_TO = re.compile(r"(?:перед|на|от)\s+$")
_EMPTY_GAP = re.compile(
    r"[\s,:;\-\"]*(?:(?:также|дополнительно|ежемесячно|незамедлительно|оперативно|срочно|отдельно|необходимо|надлежит|следует|нужно|надо|поручено|поручена|дано поручение|поставлена задача"
    r"|рекомендовано|предписано|в свою очередь|соответственно|при этом|и|а)[\s,:;\-\"]*)*"
)


def is_infinitive(word: str) -> bool:
    return bool(_INFINITIVE.fullmatch(word)) and word not in _NO_VERB and not word.endswith("ость")


def infinitives(text: Text, start: int, end: int) -> list[int]:
    """Indexes of infinitives, outside of brackets."""
    return [
        index
        for index in text.words(start, end)
        if is_infinitive(text.tokens[index].word)
        and text.folded.count("(", start, text.tokens[index].start)
        <= text.folded.count(")", start, text.tokens[index].start)
    ]


def is_decision(text: Text, start: int, end: int) -> bool:
    return bool(_DECIDING.search(text.folded, start, end))


def ordered(text: Text, named: list[Named], start: int, end: int) -> list[Clause] | None:
    """Instructions of a sentence that has a verb of instructing; None where it has none."""
    triggers = sorted(
        (match for pattern in (ACTIVE, PASSIVE) for match in pattern.finditer(text.folded, start, end)),
        key=lambda match: match.start(),
    )
    if not triggers:
        return None
    for trigger in triggers[1:]:
        before = text.folded[start : trigger.start()]
        joint = re.search(r"(?:,\s*(?:а также|а|и)?|;|\s(?:и|а также))\s+(?:также\s+)?$", before)
        if joint and trigger.re is ACTIVE:
            second = _ordered_by(text, named, start + joint.end(), trigger, end)
            if second and second[0].to:
                return [*_ordered_by(text, named, start, triggers[0], start + joint.start()), *second]
    return _ordered_by(text, named, start, triggers[0], end)


def _ordered_by(text: Text, named: list[Named], start: int, trigger: re.Match[str], end: int) -> list[Clause]:
    zone = start if trigger.re is PASSIVE else trigger.start()
    verbs = [index for index in infinitives(text, trigger.start(), end) if text.tokens[index].start >= trigger.end()]
    found = bodies(text, named, start, end)
    first_verb = text.tokens[verbs[0]].start if verbs else end
    to = _datives(text, found, zone, first_verb, trigger.group())
    if not to and zone != start:
        to = _datives(text, found, start, trigger.start(), trigger.group(), strict=True)
    if not verbs and (not to or re.search(_TASKS, trigger.group())):
        return []
    return _clauses(text, named, found, start, end, to, verbs)


def _datives(
    text: Text, found: Sequence[Body], start: int, stop: int, trigger: str, *, strict: bool = False
) -> list[Body]:
    """Chains in the dative between two places; «перед», «на», «от» where the verb asks for them; «обязал» the accusative."""
    takes_object = trigger.startswith(("обяз", "потреб", "требу"))
    also = trigger.startswith(("возлож", "постав", "став", "потреб", "требу", "определ"))
    kept: list[Body] = []
    for index, body in enumerate(found):
        if not start <= body.start < stop or any(body is one for one in kept):
            continue
        before = text.folded[max(start - 25, 0) : body.start].rstrip('"')
        if also and _ALSO_TO.search(before):
            kept += [
                one for one in chain_from(text, found, index, next(iter(body.cases))) if one.start < stop
            ]
        elif takes_object and not kept and not _NOT_TO.search(before):
            kept += chain_from(text, found, index, next(iter(body.cases)))
        elif "dative" in body.cases and not _NOT_TO.search(before) and not (strict and len(body.cases) > 2):
            kept += [one for one in chain_from(text, found, index, "dative") if one.start < stop]
    return kept


def item(text: Text, named: list[Named], start: int, end: int) -> list[Clause]:
    """Instructions of an item that names its addressees first: «Министерству … (…) совместно с … до … обеспечить …»."""
    found = bodies(text, named, start, end)
    if let := LET.search(text.folded, start, end):
        plain = [i for i, body in enumerate(found) if body.start < let.end() + 3 and "plain" in body.cases]
        to = chain_from(text, found, plain[0], "plain") if plain else []
        return [_clause(text, named, found, start, end, to)] if to else []
    verbs = infinitives(text, start, end)
    if not verbs:
        return []
    to = _opening(text, found, start, text.tokens[verbs[0]].start)
    if not to and (before := _needed(text, found, start, text.tokens[verbs[0]].start)):
        to = before
    return _clauses(text, named, found, start, end, to, verbs) if to else []


def is_bare_order(text: Text, clause: Clause) -> bool:
    """«Министерству иностранных дел активизировать работу»: the verb right behind the addressees."""
    verbs = infinitives(text, clause.to[-1].end, clause.end)
    if not verbs or "dative" not in clause.to[0].cases or not is_at(text, clause.start, clause.to[0].start):
        return False
    return bool(_EMPTY_GAP.fullmatch(_gap(text, clause.to[-1].end, text.tokens[verbs[0]].start)))


def heading(text: Text, named: list[Named], start: int, end: int) -> Clause:
    """Whom a line that ends with a colon addresses: «Министерству … совместно с …:»."""
    found = bodies(text, named, start, end)
    to = _opening(text, found, start, end) or _datives(text, found, start, end, "поручить")
    return Clause(
        start,
        end,
        to,
        _along(text, found, start, end),
        leader(text, named, found, start, end),
        choose_term(text, start, end),
    )


def _opening(text: Text, found: Sequence[Body], start: int, stop: int) -> list[Body]:
    """The chain at the beginning: in the dative, or in any case before a dash or colon."""
    said = terms(text.folded, start, stop)
    for index, body in enumerate(found):
        if body.start >= stop:
            break
        if _WITH.search(text.folded[start : body.start].rstrip('"')):
            continue
        if "dative" in body.cases and _is_opening(text, found, index, start, said):
            chains = [chain_from(text, found, index, case) for case in ("dative", "plain") if case in body.cases]
            return [one for one in max(chains, key=len) if one.start < stop]
        if index == 0 and is_at(text, start, body.start, said):
            chain = chain_from(text, found, 0, "plain") if "plain" in body.cases else []
            after = without_brackets(text.folded[chain[-1].end : stop]) if chain else ""
            return chain if re.match(r"[\s\"]*[-:]", after) else []
    return []


def _is_opening(text: Text, found: Sequence[Body], index: int, start: int, said: Sequence) -> bool:
    """At the very beginning, or after «совместно с …» that stands there."""
    place = found[index].start
    if is_at(text, start, place, said):
        return True
    opening = text.folded[start:place].lstrip()
    if opening.startswith(("совместно с", "вместе с")):
        return bool(re.search(r"[\s,]$", opening)) and len(found[:index]) >= 1 and not _WITH.search(opening)
    return bool(
        re.match(
            r"(?:в целях|в рамках|по итогам|по результатам|с целью|в связи с|для|на основании|при|до|после|учитывая)\s",
            opening,
        )
    ) and not infinitives(text, start, place)


def _needed(text: Text, found: Sequence[Body], start: int, stop: int) -> list[Body]:
    """«Акимату необходимо …», «Акимат должен …»."""
    needed = NEEDED.search(text.folded, start, stop)
    if not needed or re.match(r"\s*(?:был|бы)", text.folded[needed.end() :]):
        return []
    case = "plain" if needed.group().startswith(("долж", "обязан")) else "dative"
    for index, body in enumerate(found):
        if body.start < stop and case in body.cases and not _NOT_TO.search(text.folded[start : body.start]):
            return chain_from(text, found, index, case)
    return []


def _clauses(
    text: Text, named: list[Named], found: list[Body], start: int, end: int, to: list[Body], verbs: list[int]
) -> list[Clause]:
    """One clause for each chain of addressees that has verbs of its own."""
    parts: list[tuple[int, list[Body]]] = [(start, to)]
    if verbs:
        for index, body in enumerate(found):
            if body.start > text.tokens[verbs[0]].start and _begins_another(text, found, index, verbs):
                parts.append((body.start, chain_from(text, found, index, "dative")))
    stops = [place for place, _ in parts[1:]] + [end]
    return [
        _clause(text, named, found, place, stop, chain)
        for (place, chain), stop in zip(parts, stops, strict=True)
    ]


def _begins_another(text: Text, found: list[Body], index: int, verbs: list[int]) -> bool:
    """A dative after a comma, semicolon or "and", with a dash or a verb of its own right behind it."""
    body = found[index]
    if "dative" not in body.cases or (
        index and are_joined(text, found[index - 1], body) and "dative" in found[index - 1].cases
    ):
        return False
    before = text.folded[: body.start].rstrip(' "')
    opened = re.search(r"(?:[,;]\s*(?:а|и|а также|при этом)?|(?<!\w)(?:и|а))$", before[-12:])
    if not opened:
        return False
    last = chain_from(text, found, index, "dative")[-1]
    following = [verb for verb in verbs if text.tokens[verb].start > last.end]
    if not following:
        return False
    if re.match(r"(?:\s*\([^)]*\))*\s*-\s", text.folded[last.end : text.tokens[following[0]].start]):
        return True
    return bool(_EMPTY_GAP.fullmatch(_gap(text, last.end, text.tokens[following[0]].start)))


def _gap(text: Text, start: int, end: int) -> str:
    """The words between two places without terms, brackets and «совместно с …»."""
    gap = text.folded[start:end]
    for term in terms(text.folded, start, end):
        gap = gap.replace(text.folded[term.start : term.end], " ", 1)
    return re.sub(r"(?:совместно|вместе) (?:с|со) .*", " ", without_brackets(gap))


def _clause(
    text: Text, named: list[Named], found: list[Body], start: int, stop: int, to: list[Body]
) -> Clause:
    end = stop
    if stop > start and text.folded[start:stop].rstrip().endswith((" а", " и", " а также")):
        end = start + len(re.sub(r"\s+(?:а также|а|и)\s*$", "", text.folded[start:stop]))
    start, end = text.trim(start, end)
    inside = [body for body in found if start <= body.start < end]
    return Clause(
        start,
        end,
        to,
        _along(text, inside, start, end),
        leader(text, named, inside, start, end),
        choose_term(text, start, end),
    )


def _along(text: Text, found: Sequence[Body], start: int, end: int) -> list[Body]:
    """Who acts together with the addressee: «совместно с …»."""
    kept: list[Body] = []
    for index, body in enumerate(found):
        if start <= body.start < end and "of" in body.cases and _WITH_PART_OF.search(text.folded[start : body.start]):
            kept += [one for one in chain_from(text, found, index, "of") if one.start < end]
        elif (
            start <= body.start < end
            and _WITH.search(text.folded[start : body.start].rstrip('"'))
            and "with" in body.cases
        ):
            kept += [one for one in chain_from(text, found, index, "with") if one.start < end]
    return kept
