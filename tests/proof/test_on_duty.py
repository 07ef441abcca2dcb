"""Proofs where a registrar on duty acted: who enrolled whom is told up to the root, and what was beyond the limits is void."""

from __future__ import annotations

from parley.charter.charter import Charter
from parley.charter.directory_kinds import DirectoryContent, MandateChange, Revocation
from parley.charter.terms import Mandate, OnDuty, Role
from parley.proof.report import Verdict
from parley.record.ids import UnixMs
from parley.record.rows import Place
from parley.record.statement import Precedence
from tests.changed import replace
from tests.charter.mechanisms import draft, founded
from tests.charter.test_on_duty import built
from tests.proof.scene import Scene, Writer, codes


class DutyScene(Scene):
    """A scene whose charter knows registrars on duty, `desk` one of them; `known` false: it knows none."""

    def __init__(self, *, known: bool = True, new: bool = False) -> None:
        self.known, self.new = known, new
        super().__init__(3)

    def charter_of(self, count: int, *, exercise: bool) -> Charter:
        terms = draft(count).terms
        register = Mandate("register", "Registrar on duty", Precedence.PRIORITY, (Role.PARTY,))
        on_duty = OnDuty(("register",), ("watch",), self.new) if self.known else None
        changed = replace(terms, exercise=exercise, mandates=(*terms.mandates, register), on_duty=on_duty)
        return founded(replace(draft(count), terms=changed))

    def on_duty(self, writer: Writer, content: DirectoryContent, *, void: bool = False, by: str = "desk") -> Place:
        statement, raw = built(writer.says, content, by)
        place = self.append_statement(writer, statement, raw)
        if not void:
            writer.says.size = place.seq
            assert writer.says.append(statement, raw) is None
        return place


def ready(scene: DutyScene) -> Writer:
    writer = scene.writer("AAA")
    scene.enrol(writer, "desk", ["register"])
    return writer


def test_the_officer_enrolled_on_duty_is_traced_to_the_root() -> None:
    scene = DutyScene()
    writer = ready(scene)
    old = writer.says.kid("duty-1")
    anew = scene.on_duty(writer, writer.says.enrolment("duty-1", ["watch"], label="new", replaces=old))
    place = scene.say("AAA", "duty-1", "hello again")
    report = scene.report(place)
    assert report.verdict is Verdict.PROVEN
    found = codes(report)["enrolled-on-duty"]
    assert (found["officer"], found["mandate"], found["registrar"]) == ("desk", "register", "registrar")
    assert (found["reference"], found["certified"]) == (f"AAA {anew.seq}", "AAA 2")
    assert "enrolled" not in codes(report)


def test_what_the_replaced_key_says_afterwards_is_void() -> None:
    scene = DutyScene()
    writer = ready(scene)
    lost = writer.says.keys["duty-1"]
    before = scene.say("AAA", "duty-1", "in time")
    scene.on_duty(writer, writer.says.enrolment("duty-1", ["watch"], label="new", replaces=lost.verify_key.kid))
    writer.says.keys["duty-1"] = lost
    late = scene.say("AAA", "duty-1", "by whoever found it")
    assert scene.report(before).verdict is Verdict.PROVEN
    report = scene.report(late)
    assert report.verdict is Verdict.VOID
    assert codes(report)["void"]["fault"] == "officer.replaced"


def test_what_was_beyond_the_limits_is_proven_void() -> None:
    scene = DutyScene()
    writer = ready(scene)
    beyond = [
        scene.on_duty(writer, writer.says.enrolment("duty-9", ["watch"]), void=True),
        scene.on_duty(writer, writer.says.enrolment("duty-9", ["register"], label="another"), void=True),
        scene.on_duty(writer, Revocation(writer.says.kid("desk"), "itself"), void=True),
    ]
    for place in beyond:
        report = scene.report(place)
        assert report.verdict is Verdict.VOID
        assert codes(report)["void"]["fault"] == "directory.on-duty"
    scene.direct(writer, Revocation(writer.says.kid("duty-1"), "dismissed"), "registrar")
    again = scene.on_duty(writer, writer.says.enrolment("duty-1", ["watch"], label="back"), void=True)
    assert codes(scene.report(again))["void"]["fault"] == "directory.on-duty"


def test_under_a_charter_without_the_term_it_is_void() -> None:
    scene = DutyScene(known=False)
    writer = ready(scene)
    place = scene.on_duty(writer, Revocation(writer.says.kid("duty-1"), "coup"), void=True)
    report = scene.report(place)
    assert report.verdict is Verdict.VOID
    assert codes(report)["void"]["fault"] == "mandate.exceeded"


def test_where_new_positions_are_open_their_officers_are_proven() -> None:
    scene = DutyScene(new=True)
    writer = ready(scene)
    scene.on_duty(writer, writer.says.enrolment("duty-9", ["watch"]))
    assert scene.report(scene.say("AAA", "duty-9", "new here")).verdict is Verdict.PROVEN


def test_an_officer_on_duty_whom_another_enrolled_is_traced_to_the_root() -> None:
    scene = DutyScene(new=True)
    writer = ready(scene)
    second = scene.on_duty(writer, writer.says.enrolment("desk-2", ["watch"]))
    scene.direct(writer, MandateChange(writer.says.kid("desk-2"), ("register",)), "registrar")
    third = scene.on_duty(writer, writer.says.enrolment("duty-9", ["watch"]), by="desk-2")
    scene.direct(writer, Revocation(writer.says.kid("desk"), "lost", UnixMs(7)), "registrar")
    report = scene.report(scene.say("AAA", "duty-9", "SIMULATION"))
    assert report.verdict is Verdict.PROVEN
    steps = [one for one in report.proven if one.code.startswith("enrolled")]
    assert [one.code for one in steps] == ["enrolled-by-officer", "enrolled-on-duty"]
    assert [one.fields["position"] for one in steps] == ["duty-9", "desk-2"]
    assert [one.fields["officer"] for one in steps] == ["desk-2", "desk"]
    assert [one.fields["reference"] for one in steps] == [f"AAA {third.seq}", f"AAA {second.seq}"]
    assert (steps[1].fields["at"], steps[1].fields["mandates"]) == (f"AAA {third.seq}", ["register"])
    assert (steps[1].fields["registrar"], steps[1].fields["certified"]) == ("registrar", "AAA 2")
    assert codes(report)["compromised"]["position"] == "desk"
