"""A case is what its statements say, in the record's order: the same everywhere, and the loser of a clash is told why."""

from __future__ import annotations

import pytest

from parley.charter.void import Void
from parley.procedure.clocks import clocks
from parley.procedure.declare import Who
from parley.procedure.ladder import Rung
from parley.record.ids import MemberSet
from parley.record.statement import Precedence
from tests.changed import replace
from tests.procedure.histories import ISR, SYR, USA, History, message


@pytest.fixture
def history() -> History:
    return History()


def because(history: History, opening: object, act: object) -> str | None:
    item = next(one for one in history.fold(opening).items if one.act is act)  # type: ignore[arg-type]
    return item.because.code if item.because is not None else None


# ---- the life of a message --------------------------------------------------------------------------------------


def test_a_message_is_acknowledged_when_every_addressee_has(history: History) -> None:
    opening = message(history, ISR)
    history.say(SYR, "acknowledge", case=opening, about=opening)
    assert history.fold(opening).state == "sent"
    history.say(USA, "acknowledge", case=opening, about=opening)
    case = history.fold(opening)
    assert case.state == "acknowledged"
    assert all(Rung.ACKNOWLEDGED in ladder.marks for ladder in case.items[0].ladders.values())


def test_an_answer_moves_a_message_and_its_opener_closes_it(history: History) -> None:
    opening = message(history, SYR)
    history.say(ISR, "answer", {"text": "SIMULATION: yes", "lang": "en"}, case=opening)
    assert history.fold(opening).state == "answered"
    history.say(SYR, "close", case=opening)
    case = history.fold(opening)
    assert (case.state, case.is_over) == ("closed", True)


def test_only_its_opener_may_close_a_message(history: History) -> None:
    opening = message(history, ISR)
    act = history.say(SYR, "close", case=opening)
    assert because(history, opening, act) == "move.not-yours"


def test_further_messages_go_on_in_a_case_without_opening_another(history: History) -> None:
    opening = message(history, ISR)
    more = message(history, SYR, case=opening)
    case = history.fold(opening)
    assert case.state == "sent"
    assert because(history, opening, more) is None
    assert set(case.items[1].ladders) == {ISR, USA}


# ---- what moves nothing -----------------------------------------------------------------------------------------


def test_what_the_record_holds_void_moves_no_case(history: History) -> None:
    opening = message(history, ISR)
    act = history.say(SYR, "answer", {"text": "SIMULATION", "lang": "en"}, case=opening)
    history.acts[-1] = replace(act, void=Void("officer.revoked", "duty-1 was revoked"))
    case = history.fold(opening)
    assert case.state == "sent"
    assert case.items[1].because is not None
    assert case.items[1].because.code == "officer.revoked"


def test_a_statement_that_stands_in_the_record_twice_counts_once(history: History) -> None:
    opening = message(history, ISR)
    first = history.say(SYR, "answer", {"text": "SIMULATION", "lang": "en"}, case=opening)
    again = history.say(SYR, "answer", {"text": "SIMULATION", "lang": "en"}, case=opening)
    history.acts[-1] = replace(again, digest=first.digest)
    item = history.fold(opening).items[2]
    assert item.because is not None
    assert (item.because.code, item.because.before) == ("statement.repeated", first.reference)


def test_a_copy_that_a_hostile_member_sets_before_a_statement_takes_nothing_from_it(history: History) -> None:
    opening = message(history, ISR)
    history.hear(USA)
    copy = history.say(USA, "answer", {"text": "SIMULATION", "lang": "en"}, case=opening, blind=True)
    message(history, SYR)
    answer = history.say(SYR, "answer", {"text": "SIMULATION", "lang": "en"}, case=opening)
    at = history.acts.index(copy)
    history.acts[at] = replace(copy, digest=answer.digest, void=Void("issuer.other-member", "it speaks as SYR"))
    case = history.fold(opening)
    assert copy.key < answer.key
    assert [item.because.code if item.because else None for item in case.items] == [None, "issuer.other-member", None]
    assert case.state == "answered"


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("answer", {}, "content.one-of"),
        ("answer", {"text": "x", "lang": "en", "extra": 1}, "content.unknown"),
        ("answer", {"text": "   ", "lang": "en"}, "content.field"),
        ("outcome", {}, "content.missing"),
        ("outcome", {"result": "perhaps"}, "content.field"),
        ("passed-on", {"unit": "A" * 500}, "content.field"),
    ],
)
def test_a_content_that_is_none_of_its_kind_is_void(history: History, kind: str, content: dict, code: str) -> None:
    opening = message(history, ISR)
    act = history.say(SYR, kind, content, case=opening, about=opening)
    assert because(history, opening, act) == code


def test_a_kind_of_another_procedure_has_no_place(history: History) -> None:
    opening = message(history, ISR)
    act = history.say(ISR, "lift", case=opening)
    assert because(history, opening, act) == "move.no-place"


def test_a_kind_nobody_declared_is_kept_and_its_case_is_not_understood(history: History) -> None:
    opening = history.say(ISR, "weather", {"sky": "clear"})
    ack = history.say(SYR, "acknowledge", case=opening, about=opening)
    case = history.fold(opening)
    assert case.state == "not-understood"
    assert case.items[0].content == {"sky": "clear"}
    assert because(history, opening, ack) is None
    assert case.items[0].ladders[SYR].acknowledged


def test_what_stands_before_its_case_is_kept_and_moves_nothing(history: History) -> None:
    early = history.say(SYR, "answer", {"text": "SIMULATION", "lang": "en"}, case="ISR 1", blind=True)
    message(history, ISR)
    opening = message(history, ISR)
    assert (opening.reference, early.key < opening.key) == ("ISR 1", True)
    case = history.fold(opening)
    assert because(history, opening, early) == "case.not-yet"
    assert (case.state, case.last) == ("sent", opening)


def test_what_is_said_on_another_channel_moves_no_case_that_others_see(history: History) -> None:
    opening = message(history, ISR)
    act = history.say(SYR, "answer", {"text": "SIMULATION", "lang": "en"}, case=opening)
    history.acts[-1] = replace(act, channel=opening.channel + 1)
    case = history.fold(opening)
    assert case.items[1].because is not None
    assert (case.items[1].because.code, case.state) == ("case.other-channel", "sent")


# ---- a clash ----------------------------------------------------------------------------------------------------


def test_two_at_once_the_first_in_the_order_counts_and_the_loser_is_told_by_whom(history: History) -> None:
    opening = message(history, ISR)
    history.hear(SYR)
    close = history.say(ISR, "close", case=opening, blind=True)
    answer = history.say(SYR, "answer", {"text": "SIMULATION", "lang": "en"}, case=opening, blind=True)
    case = history.fold(opening)
    first, second = sorted([close, answer], key=lambda act: act.key)
    assert case.items[1].act is first
    if first is close:
        assert because(history, opening, second) is None, "an answer is a handling kind: it is kept, and moves nothing"
        assert case.state == "closed"


def test_the_loser_of_a_clash_learns_that_it_had_not_seen_the_winner(history: History) -> None:
    opening = history.say(ISR, "stop", stop_content(history), precedence=Precedence.FLASH)
    history.hear(ISR)
    lift = history.say(ISR, "lift", case=opening, position="duty-1")
    late = history.say(ISR, "extend", {"until": history.now + 9_999_999}, case=opening, position="duty-2", blind=True)
    item = next(one for one in history.fold(opening).items if one.act is late)
    assert item.because is not None
    assert (item.because.code, item.because.before) == ("move.other-state", lift.reference)
    assert "lifted" in item.because.reason
    assert not item.because.unseen, "its own log holds the lift"


# ---- read-back, STOP --------------------------------------------------------------------------------------------


def stop_content(history: History) -> dict:
    return {
        "area": {"circle": [335_000_000, 358_000_000, 2_000]}, "activity": "fire", "until": history.now + 3_600_000,
        "ceiling": [304_800, "AMSL"], "text": "SIMULATION", "lang": "en",
    }  # fmt: skip


def read_back(history: History, **changed: object) -> dict:
    content = stop_content(history)
    return {name: content[name] for name in ("area", "activity", "until", "ceiling")} | changed


def test_a_read_back_that_agrees_within_a_conventions_rounding_counts(history: History) -> None:
    opening = message(
        history,
        ISR,
        fields={"time": 1_790_000_040_000, "height": [91_440, "AMSL"], "place": [335_000_000, 358_000_000]},
    )
    back = {"time": 1_790_000_000_000 + 60_000, "height": [91_400, "AMSL"], "place": [335_000_500, 357_999_000]}
    history.say(SYR, "acknowledge", {"read_back": back}, case=opening, about=opening)
    ladder = history.fold(opening).items[0].ladders[SYR]
    assert ladder.acknowledged
    assert Rung.READ_BACK in ladder.marks


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"time": 1_790_003_640_000}, ("time",)),
        ({"height": [91_440, "AGL"]}, ("height",)),
        ({"place": [335_010_000, 358_000_000]}, ("place",)),
        ({"time": None, "height": None}, ("time", "height")),
    ],
    ids=["an hour off", "another datum", "a hundred metres off", "left out"],
)
def test_a_wrong_read_back_opens_a_clarification_and_does_not_count(
    history: History, wrong: dict, fields: tuple[str, ...]
) -> None:
    said = {"time": 1_790_000_040_000, "height": [91_440, "AMSL"], "place": [335_000_000, 358_000_000]}
    opening = message(history, ISR, fields=said)
    back = {name: value for name, value in (said | wrong).items() if value is not None}
    ack = history.say(SYR, "acknowledge", {"read_back": back}, case=opening, about=opening)
    case = history.fold(opening)
    assert not case.items[0].ladders[SYR].acknowledged
    assert case.items[0].ladders[SYR].mismatched == fields
    [question] = case.clarifications
    assert (question.about, question.asker, question.opened, question.fields, question.closed) == (
        opening.reference, SYR, ack.reference, fields, None,
    )  # fmt: skip
    right = history.say(SYR, "acknowledge", {"read_back": said}, case=opening, about=opening)
    case = history.fold(opening)
    assert case.items[0].ladders[SYR].acknowledged
    assert case.clarifications[0].closed == right.reference


def test_a_wrong_read_back_never_delays_a_stop(history: History) -> None:
    opening = history.say(ISR, "stop", stop_content(history), precedence=Precedence.FLASH, to=[SYR])
    wrong = read_back(history, area={"circle": [335_000_000, 359_000_000, 2_000]})
    history.say(SYR, "acknowledge", {"read_back": wrong}, case=opening, about=opening, position="duty-2")
    case = history.fold(opening)
    ladder = case.items[0].ladders[SYR]
    assert case.state == "taken"
    assert ladder.acknowledged
    assert ladder.mismatched == ("area",)
    assert case.clarifications[0].closed is None, "it is clarified after"
    history.say(
        SYR,
        "outcome",
        {"result": "refused", "reason": "SIMULATION: not ours to stop", "lang": "en"},
        case=opening,
        about=opening,
    )
    assert history.fold(opening).items[0].ladders[SYR].marks[Rung.OUTCOME].detail == "refused"


def test_a_stop_is_taken_first_and_read_back_after(history: History) -> None:
    opening = history.say(ISR, "stop", stop_content(history), precedence=Precedence.FLASH, to=[SYR])
    history.say(SYR, "acknowledge", {}, case=opening, about=opening)
    case = history.fold(opening)
    assert (case.state, case.items[0].ladders[SYR].mismatched, case.clarifications) == ("taken", (), []), (
        "nothing is wrong yet"
    )
    assert Rung.READ_BACK not in case.items[0].ladders[SYR].marks
    wrong = {"area": {"circle": [335_000_000, 359_000_000, 2_000]}}
    history.say(SYR, "acknowledge", {"read_back": wrong}, case=opening, about=opening)
    history.say(SYR, "acknowledge", {"read_back": {"activity": "fire"}}, case=opening, about=opening)
    assert history.fold(opening).items[0].ladders[SYR].mismatched == ("area",), "it stands until it is put right"
    history.say(SYR, "acknowledge", {"read_back": read_back(history)}, case=opening, about=opening)
    case = history.fold(opening)
    assert case.items[0].ladders[SYR].mismatched == ()
    assert Rung.READ_BACK in case.items[0].ladders[SYR].marks
    assert all(one.closed for one in case.clarifications)


def test_what_ended_a_case_is_still_to_be_acknowledged_and_what_came_before_no_more(history: History) -> None:
    opening = history.say(ISR, "stop", stop_content(history), precedence=Precedence.FLASH, to=[SYR])
    lift = history.say(ISR, "lift", {}, case=opening, to=[SYR])
    case = history.fold(opening)
    running = [clock.about for clock in clocks(case, lambda _: {}) if clock.stopped_ms is None]
    assert running == [lift.reference]
    assert [case.awaits(item) for item in case.items] == [False, True]


def test_a_stop_is_extended_and_lifted_by_its_caller_alone(history: History) -> None:
    opening = history.say(ISR, "stop", stop_content(history), to=[SYR])
    stranger = history.say(SYR, "lift", case=opening)
    assert because(history, opening, stranger) == "move.not-yours"
    history.say(ISR, "extend", {"until": history.now + 7_200_000}, case=opening)
    assert history.fold(opening).state == "called"
    history.say(ISR, "lift", case=opening)
    assert history.fold(opening).is_over


def test_a_correction_of_what_others_do_not_see_is_to_them_as_to_those_who_do(history: History) -> None:
    history = countersigned(history, "head")
    opening = message(history, ISR)
    how = {"case": opening, "mandate": "release", "position": "release-1"}
    aside = history.say(ISR, "suspend", {"text": "SIMULATION", "lang": "en"}, **how)
    history.acts[-1] = aside = replace(aside, channel=opening.channel + 1)
    fix = history.say(ISR, "correction", {}, about=aside, **how)
    found = []
    for acts in (history.acts, [act for act in history.acts if act is not aside]):
        history.acts = acts
        item = next(one for one in history.fold(opening).items if one.act is fix)
        assert item.because is not None
        found.append((item.because.code.partition(".")[0], item.released))
    assert found == [("target", "")] * 2


# ---- clarification, correction, rendition, release ----------------------------------------------------------------


def test_a_question_stays_open_until_its_asker_has_understood(history: History) -> None:
    opening = message(history, ISR)
    ask = history.say(
        SYR, "clarification", {"stage": "asked", "text": "which road?", "lang": "en"}, case=opening, about=opening
    )
    answered = history.say(
        ISR, "clarification", {"stage": "answered", "text": "the eastern", "lang": "en"}, case=opening, about=opening
    )
    other = history.say(USA, "clarification", {"stage": "understood"}, case=opening, about=opening)
    assert because(history, opening, other) == "clarification.none"
    question = history.fold(opening).clarifications[0]
    assert (question.opened, question.answers, question.closed) == (ask.reference, [answered.reference], None)
    done = history.say(SYR, "clarification", {"stage": "understood"}, case=opening, about=opening)
    assert history.fold(opening).clarifications[0].closed == done.reference


def test_a_correction_supersedes_and_is_acknowledged_anew(history: History) -> None:
    opening = message(history, ISR, to=[SYR])
    history.say(SYR, "acknowledge", case=opening, about=opening)
    fix = history.say(
        ISR, "correction", {"text": "SIMULATION: 07:00Z", "lang": "en"}, case=opening, about=opening, to=[SYR]
    )
    case = history.fold(opening)
    assert case.current().act is fix
    assert case.items[0].superseded == fix.reference
    assert not case.current().ladders[SYR].acknowledged
    again = history.say(ISR, "correction", {"text": "SIMULATION", "lang": "en"}, case=opening, about=opening)
    assert because(history, opening, again) == "correction.superseded"
    foreign = history.say(SYR, "correction", {"text": "SIMULATION", "lang": "en"}, case=opening, about=fix)
    assert because(history, opening, foreign) == "correction.not-yours"


def test_a_correction_has_the_fields_of_what_it_corrects(history: History) -> None:
    opening = message(history, ISR, to=[SYR])
    bad = history.say(ISR, "correction", {"text": "SIMULATION", "lang": "en", "area": 1}, case=opening, about=opening)
    assert because(history, opening, bad) == "content.unknown"


def test_a_rendition_is_kept_beside_the_original(history: History) -> None:
    opening = message(history, ISR)
    made = history.say(
        SYR, "rendition", {"text": "محاكاة", "lang": "ar", "translator": "duty-2"}, case=opening, about=opening
    )
    assert history.fold(opening).items[0].renditions == [made.reference]


def countersigned(history: History, by: str) -> History:
    kinds = tuple(
        replace(one, countersigned_by=(by,)) if one.name == "suspend" else one for one in history.charter.terms.kinds
    )
    history.charter = replace(history.charter, terms=replace(history.charter.terms, kinds=kinds))
    return history


def test_a_kind_that_two_must_sign_takes_effect_with_the_second_signature(history: History) -> None:
    history = countersigned(history, "head")
    content = {"scope": "all", "reason": "SIMULATION", "terms": "SIMULATION", "lang": "en"}
    opening = history.say(ISR, "suspend", content, mandate="release", position="release-1")
    assert history.fold(opening).state == "unreleased"
    own = history.say(ISR, "release", case=opening, about=opening, mandate="head", position="release-1")
    assert because(history, opening, own) == "release.not-yours"
    other = history.say(SYR, "release", case=opening, about=opening, mandate="head", position="head-1")
    assert because(history, opening, other) == "release.not-yours"
    weak = history.say(ISR, "release", case=opening, about=opening, mandate="watch", position="duty-2")
    assert because(history, opening, weak) == "release.not-yours"
    assert history.fold(opening).state == "unreleased"
    second = history.say(ISR, "release", case=opening, about=opening, mandate="head", position="head-1")
    case = history.fold(opening)
    assert (case.state, case.items[0].released) == ("in-force", second.reference)


def test_a_correction_does_not_get_round_the_second_signature(history: History) -> None:
    history = countersigned(history, "head")
    content = {"scope": "named", "kinds": ["service"], "reason": "SIMULATION", "terms": "SIMULATION", "lang": "en"}
    opening = history.say(ISR, "suspend", content, mandate="release", position="release-1")
    history.say(ISR, "release", case=opening, about=opening, mandate="head", position="head-1")
    wider = {"scope": "all", "reason": "SIMULATION", "terms": "SIMULATION", "lang": "en"}
    how = {"case": opening, "mandate": "release", "position": "release-1"}
    fix = history.say(ISR, "correction", wider, about=opening, **how)
    again = history.say(ISR, "correction", wider, about=fix, **how)
    case = history.fold(opening)
    assert case.current().act is opening
    assert [item.released for item in case.items[2:]] == [None, None]
    history.say(ISR, "release", case=opening, about=fix, mandate="head", position="head-1")
    assert history.fold(opening).current().act is fix
    history.say(ISR, "release", case=opening, about=again, mandate="head", position="head-1")
    assert history.fold(opening).current().act is again


def test_a_ladder_is_climbed_by_addressees_alone(history: History) -> None:
    opening = message(history, ISR, to=[SYR])
    act = history.say(USA, "acknowledge", case=opening, about=opening)
    assert because(history, opening, act) == "ladder.not-addressed"


def test_who_declined_may_still_acknowledge(history: History) -> None:
    opening = message(history, ISR, to=[SYR])
    history.say(SYR, "decline", {"reason": "SIMULATION: no mandate", "lang": "en"}, case=opening, about=opening)
    assert history.fold(opening).items[0].ladders[SYR].declined is not None
    history.say(SYR, "acknowledge", case=opening, about=opening)
    ladder = history.fold(opening).items[0].ladders[SYR]
    assert ladder.acknowledged
    assert ladder.declined is None


# ---- the watch --------------------------------------------------------------------------------------------------


def test_a_watch_is_taken_over_by_the_very_position_named_and_by_no_other(history: History) -> None:
    opening = history.say(SYR, "handover", {"to": "duty-3", "sheet": "a" * 64})
    for member, position in ((SYR, "duty-2"), (SYR, "duty-1"), (ISR, "duty-3")):
        history.say(member, "take-over", {"sheet": "a" * 64}, case=opening, position=position)
        case = history.fold(opening)
        assert case.state == "offered"
        assert case.items[-1].because is not None
        assert case.items[-1].because.code == "move.not-yours"
    history.say(SYR, "take-over", {"sheet": "a" * 64}, case=opening, position="duty-3")
    assert history.fold(opening).state == "taken-over"


def test_a_watch_is_taken_over_by_the_digest_that_was_handed_over_alone(history: History) -> None:
    opening = history.say(SYR, "handover", {"to": "duty-3", "sheet": "a" * 64})
    for sheet in ("b" * 64, "A" * 64, "a" * 63, "a" * 64 + " "):
        other = history.say(SYR, "take-over", {"sheet": sheet}, case=opening, position="duty-3")
        assert because(history, opening, other) == "move.differs"
        case = history.fold(opening)
        assert (case.state, case.items[-1].because and case.items[-1].because.arguments["field"]) == (
            "offered",
            "sheet",
        )
    history.say(SYR, "take-over", {"sheet": "a" * 64}, case=opening, position="duty-3")
    assert history.fold(opening).state == "taken-over"


def test_a_handover_that_was_corrected_is_taken_over_by_its_new_digest(history: History) -> None:
    opening = history.say(SYR, "handover", {"to": "duty-3", "sheet": "a" * 64})
    history.say(SYR, "correction", {"to": "duty-3", "sheet": "c" * 64}, case=opening, about=opening)
    old = history.say(SYR, "take-over", {"sheet": "a" * 64}, case=opening, position="duty-3")
    assert because(history, opening, old) == "move.differs"
    history.say(SYR, "take-over", {"sheet": "c" * 64}, case=opening, position="duty-3")
    assert history.fold(opening).state == "taken-over"


def test_an_amendment_changes_nothing_that_stands_already(history: History) -> None:
    content = {"scope": "all", "reason": "SIMULATION", "terms": "SIMULATION", "lang": "en"}
    before = history.say(ISR, "suspend", content, mandate="release", position="release-1")
    opened, limit = message(history, ISR), history.charter.terms.clocks.acknowledge_ms
    history = countersigned(history, "head")
    slower = replace(history.charter.terms.clocks, acknowledge_ms=tuple(2 * ms for ms in limit))
    narrower = [replace(one, content=MemberSet(one.content & ~(1 << USA))) for one in history.charter.terms.channels]
    history.charter = replace(
        history.charter, terms=replace(history.charter.terms, clocks=slower, channels=tuple(narrower))
    )
    after = history.say(ISR, "suspend", content, mandate="release", position="release-1")
    said = history.say(ISR, "message", {"text": "SIMULATION", "lang": "en"}, case=opened)
    assert (history.fold(before).state, history.fold(after).state) == ("in-force", "unreleased")
    assert history.fold(before).members(Who.ANYONE) == [ISR, SYR, USA]
    assert history.fold(after).members(Who.ANYONE) == [ISR, SYR]
    runs = {one.about: one.due_ms - one.since_ms for one in clocks(history.fold(opened), lambda _: {})}
    assert runs == {opened.reference: limit[opened.precedence], said.reference: 2 * limit[said.precedence]}


def test_a_correction_of_a_correction_of_a_correction_is_no_deeper_than_one(history: History) -> None:
    opening = last = message(history, ISR)
    for number in range(1_500):
        content = {"text": f"SIMULATION {number}", "lang": "en"}
        last = history.say(ISR, "correction", content, case=opening, about=last)
    stray = history.say(ISR, "correction", {"unheard-of": 1}, case=opening, about=last)
    case = history.fold(opening)
    assert case.current().act is last
    assert [item.act for item in case.items if item.because is not None] == [stray]
    assert sum(item.superseded is None and item.because is None for item in case.items) == 1
