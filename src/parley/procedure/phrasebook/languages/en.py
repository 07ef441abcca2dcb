"""English texts of the phrasebook. What a table holds, and the rules of its texts: `phrasebook/language.py`."""

from __future__ import annotations

from parley.procedure.phrasebook.language import Language, Noun

_AREA = "the circle of radius {radius} centred on {place}"
_TIMES = "Start {start}. End {end}."
_SEEN = "direction of movement {direction}, at {time}"
_NO_INTENT = "There is no hostile intent."
_HELP = "We request help."

_TEXTS = {
    "stop.cease-fire-area": (
        "cease fire in an area",
        f"Cease {{fire}} now in {_AREA}. Acknowledge, and pass this to your units.",
    ),
    "stop.fire-on-us": (
        "our forces are under your fire",
        "Our forces at {place} have been under your fire since {time}. Cease {fire} now.",
    ),
    "stop.fire-on-protected": (
        "your fire is hitting protected persons or objects",
        "Your fire is hitting {protected} at {place}. Cease {fire} now.",
    ),
    "stop.halt-movement": (
        "halt a movement",
        "Halt now the movement of your {object} at {place}, moving towards the {direction}.",
    ),
    "stop.turn-away": (
        "turn an aircraft away",
        "Turn now towards the {direction} your {aircraft} at {place}, height {height}.",
    ),
    "stop.extend": ("extension", "Our stop call {case} stays in effect until {until}."),
    "stop.lift": ("lifting", "Our stop call {case} ends at {time}."),
    "warning.unidentified": ("unidentified object", f"Identity unknown to us: {{objects}}, at {{place}}, {_SEEN}."),
    "warning.approaching": (
        "approach to our positions",
        f"Your {{object}} at {{place}} is approaching our positions, {_SEEN}. Stop the approach.",
    ),
    "warning.deviation": (
        "deviation from the route",
        f"Our {{object}} at {{place}} has left the notified route, {_SEEN}. {_NO_INTENT}",
    ),
    "warning.engine-failure": (
        "engine failure",
        f"Our {{craft}} at {{place}} has an engine failure, {_SEEN}. Keep clear.",
    ),
    "warning.lost-contact": (
        "lost contact",
        "We have lost contact with our {object}. Last known position: {place}, at {time}.",
    ),
    "warning.out-of-control": (
        "unmanned aircraft out of control",
        f"Our unmanned aircraft at {{place}}, height {{height}}, is out of control, {_SEEN}. {_NO_INTENT}",
    ),
    "warning.accidental-fire": (
        "accidental fire",
        "Fire from our side at {place} at {time} was not intended. Weapon type: {weapon}. We have ceased fire.",
    ),
    "warning.accidental-launch": (
        "accidental launch",
        "Unintended launch from {place} at {time}: {missiles}, towards the {direction}. This is not an attack.",
    ),
    "warning.armed-group": (
        "armed persons not under our control",
        f"Armed persons not under our control: {{persons}}, at {{place}}, {_SEEN}.",
    ),
    "warning.unexploded-ordnance": (
        "unexploded ordnance",
        "Unexploded ordnance at {place}. Keep at least {distance} away.",
    ),
    "warning.blaze": ("blaze", "A blaze at {place} at {time} is spreading towards the {direction}."),
    "distress.search-and-rescue": (
        "search and rescue",
        "Missing: {persons}. Last known position: {place}, at {time}. We are searching with {objects}.",
    ),
    "distress.medical-evacuation": (
        "medical evacuation",
        "To be evacuated: {injured}, by {carrier}, from {origin} to {destination}. Start {start}. Hold your fire.",
    ),
    "distress.persons-in-water": (
        "persons in the water",
        f"In the water: {{persons}}, at {{place}}, at {{time}}. {_HELP}",
    ),
    "distress.aircraft-down": (
        "aircraft down",
        "Our {aircraft} has crashed or made a forced landing at {place} at {time}. "
        f"On board: {{persons}}. {_HELP}",
    ),
    "distress.vessel-in-distress": (
        "vessel in distress",
        "Our {vessel} is in distress at {place} at {time}. Nature of distress: {trouble}. "
        f"On board: {{persons}}. {_HELP}",
    ),
    "information.position": ("position", "Position of our {object}: {place}, at {time}."),
    "information.position-and-height": (
        "position and height",
        "Position of our {aircraft}: {place}, height {height}, direction of flight {course}, at {time}.",
    ),
    "information.gunfire-heard": (
        "gunfire heard",
        "We heard gunfire. Observer at {place}, bearing {bearing}, at {time}.",
    ),
    "information.explosion-seen": (
        "explosion seen",
        "We saw an explosion. Observer at {place}, bearing {bearing}, distance {distance}, at {time}.",
    ),
    "information.contact-regained": (
        "contact regained",
        "We have regained contact with our {object}. Position: {place}, at {time}.",
    ),
    "information.activity-state": ("state of an activity", "The activity of case {case} {state} at {time}."),
    "information.activity-overrun": (
        "activity overruns",
        "The activity of case {case} will not end as notified. New end {end}.",
    ),
    "information.activity-delayed": (
        "activity delayed",
        "The activity of case {case} is delayed. Delay {delay}. New start {start}.",
    ),
    "information.casualties": ("casualties", "Casualties at {place} at {time}: {injured}, {killed}."),
    "information.persons-found": ("persons found", "In our care: {persons}. Found at {place}, at {time}."),
    "question.ownership": ("ownership", "Is the {object} at {place} at {time} yours?"),
    "question.intention": ("intention", "What is the intention of your {object} at {place} at {time}?"),
    "question.opening-of-fire": (
        "opening of fire",
        "Did your forces open fire at {place} at {time}? Weapon type observed: {weapon}.",
    ),
    "request.hold-fire": ("hold fire", f"Hold your fire in {_AREA}. {_TIMES}"),
    "request.keep-clear": ("keep clear", f"Keep your forces out of {_AREA}. {_TIMES}"),
    "request.move-away": (
        "move away",
        "Move your {object} at {place} away towards the {direction}, not later than {by}.",
    ),
    "request.contact-unit": ("contact your unit", "Contact your unit at {place} and report to us not later than {by}."),
    "request.safe-passage": (
        "safe passage",
        f"We request safe passage: {{objects}}, {{persons}}. From {{origin}} to {{destination}}. {_TIMES}",
    ),
    "request.telephone-call": ("telephone call", "We request a telephone call with {member} at {time}."),
    "request.confirm": ("confirm", "Confirm {element} in your message {case}."),
    "request.say-again": ("say again", "Say again your message {case}."),
    "intention.withdrawal": (
        "withdrawal",
        f"Our unit {{unit}} will withdraw from {{origin}} towards the {{direction}}. {_TIMES}",
    ),
    "intention.moving-away": (
        "moving away",
        "Our {object} at {place} will move away towards the {direction} at {time}.",
    ),
    "intention.humanitarian-movement": (
        "humanitarian movement",
        f"{{objects}}, {{persons}}. From {{origin}} to {{destination}}. {_TIMES}",
    ),
    "intention.works": (
        "works near the line",
        f"Type of work: {{work}}. Place: {{place}}. Workers: {{persons}}. {_TIMES}",
    ),
    "intention.exercise": (
        "exercise",
        f"Type of exercise: {{exercise}}, in {_AREA}. {_TIMES} The exercise is not directed against you.",
    ),
    "intention.flight": (
        "flight",
        f"{{flyers}}, in {_AREA}. Lowest height {{floor}}. Highest height {{ceiling}}. {_TIMES}",
    ),
    "answer.received": ("received", "We received your message {case} at {time}."),
    "answer.understood": ("understood", "We have understood your message {case}."),
    "answer.not-understood": ("not understood", "We have not understood {element} in your message {case}. Clarify."),
    "answer.wait": ("wait", "We will answer your message {case} not later than {by}."),
    "answer.passed-on": ("passed on", "We passed your message {case} to our unit {unit} at {time}."),
    "answer.complied": ("complied", "We carried out what your message {case} asks, at {time}."),
    "answer.cannot-comply": ("cannot comply", "We cannot carry out what your message {case} asks, because {reason}."),
    "answer.not-ours": ("not ours", "The {object} at {place} at {time} is not ours."),
    "answer.ours": ("ours", "The {object} at {place} at {time} is ours."),
    "answer.not-under-our-control": (
        "not under our control",
        "The {object} at {place} at {time} is not under our control.",
    ),
    "answer.yes": ("yes", "Yes, in answer to your message {case}."),
    "answer.no": ("no", "No, in answer to your message {case}."),
    "line.test": ("test", "This is a test of the line and means nothing else. Answer not later than {by}."),
    "line.test-answer": ("answer to a test", "We received your test {case} at {time}. The line works."),
    "line.handover": ("handover of the watch", "Our watch changes at {time}. On watch after that: {unit}."),
    "line.interruption": (
        "interruption",
        "Our line will be interrupted. Start {start}. Duration {duration}. Reason: {outage}.",
    ),
    "line.time-check": ("time check", "Our clock shows {time}. Report any difference."),
}


def _thing(singular: str, plural: str) -> Noun:
    return Noun("n", {"sg": singular, "one": f"{{n}} {singular}", "other": f"{{n}} {plural}"})


_NOUNS = {
    "aircraft": _thing("aircraft", "aircraft"),
    "helicopter": _thing("helicopter", "helicopters"),
    "unmanned-aircraft": _thing("unmanned aircraft", "unmanned aircraft"),
    "vehicle": _thing("vehicle", "vehicles"),
    "armoured-vehicle": _thing("armoured vehicle", "armoured vehicles"),
    "engineering-vehicle": _thing("engineering vehicle", "engineering vehicles"),
    "vessel": _thing("vessel", "vessels"),
    "small-boat": _thing("small boat", "small boats"),
    "convoy": _thing("convoy", "convoys"),
    "group-of-persons": _thing("group of persons", "groups of persons"),
    "person": _thing("person", "persons"),
    "injured": _thing("injured person", "injured persons"),
    "killed": _thing("person killed", "persons killed"),
    "missile": _thing("missile", "missiles"),
}

_WORDS = {
    "fire": {
        "all-fire": "all fire",
        "small-arms-fire": "small-arms fire",
        "direct-fire": "direct fire",
        "artillery-fire": "artillery and mortar fire",
        "rocket-fire": "rocket and missile fire",
        "air-strikes": "air strikes",
        "naval-gunfire": "naval gunfire",
        "air-defence-fire": "air-defence fire",
    },
    "weapon": {
        "small-arms": "small arms",
        "tank-gun": "tank gun",
        "mortar": "mortar",
        "artillery": "artillery",
        "rockets": "rockets",
        "naval-gun": "naval gun",
        "air-defence": "air-defence weapon",
        "from-the-air": "weapon released from the air",
    },
    "protected": {
        "civilians": "civilians",
        "medical-facility": "a medical facility",
        "ambulance": "an ambulance",
        "humanitarian-convoy": "a humanitarian convoy",
        "rescue-party": "a rescue party",
        "school": "a school",
        "water-or-power-facility": "a water or power facility",
        "neutral-observers": "neutral observers",
    },
    "direction": {
        "north": "north",
        "north-east": "north-east",
        "east": "east",
        "south-east": "south-east",
        "south": "south",
        "south-west": "south-west",
        "west": "west",
        "north-west": "north-west",
    },
    "element": {
        "time": "the time",
        "place": "the place",
        "height": "the height",
        "direction": "the direction",
        "unit": "the unit",
        "number": "the number",
        "action": "the action",
    },
    "reason": {
        "weather": "the weather does not allow it",
        "technical-fault": "there is a technical fault",
        "no-contact-with-unit": "contact with the unit concerned is lost",
        "unit-under-fire": "our unit is under fire",
        "route-blocked": "the route is blocked",
        "danger-to-persons": "it would endanger persons",
        "not-our-forces": "the forces concerned are not ours",
        "not-under-our-control": "the forces concerned are not under our control",
        "decision-awaited": "the decision of a higher level has not yet arrived",
        "message-unclear": "your message is not clear to us",
    },
    "outage": {
        "maintenance": "maintenance",
        "power-failure": "power failure",
        "technical-fault": "technical fault",
        "weather": "weather",
        "relocation": "relocation",
    },
    "trouble": {
        "fire-on-board": "fire on board",
        "flooding": "flooding",
        "grounding": "grounding",
        "drifting": "drifting without engine",
        "collision": "collision",
    },
    "work": {
        "road-works": "road works",
        "water-line-repair": "repair of a water line",
        "power-line-repair": "repair of a power line",
        "barrier-repair": "repair of a fence or barrier",
        "mine-clearance": "mine clearance",
        "controlled-demolition": "controlled demolition",
        "fire-fighting": "fire-fighting",
        "agriculture": "agricultural work",
        "survey": "survey and marking",
    },
    "exercise": {
        "live-firing": "live firing",
        "vehicle-movement": "movement of vehicles",
        "flights": "flights",
        "naval-manoeuvres": "naval manoeuvres",
        "illumination": "night illumination",
        "command-post": "command-post exercise",
    },
    "state": {"begun": "began", "ended": "ended", "cancelled": "was cancelled"},
}

_LABELS = {
    "time": "Time",
    "start": "Start",
    "end": "End",
    "until": "Until",
    "by": "Not later than",
    "delay": "Delay",
    "duration": "Duration",
    "place": "Place",
    "origin": "From",
    "destination": "To",
    "height": "Height",
    "floor": "Lowest height",
    "ceiling": "Highest height",
    "radius": "Radius",
    "distance": "Distance",
    "bearing": "Bearing",
    "course": "Direction of flight",
    "persons": "Number of persons",
    "injured": "Number of injured",
    "killed": "Number of killed",
    "missiles": "Number of missiles",
    "objects": "Number and type",
    "flyers": "Number and type of aircraft",
    "unit": "Unit",
    "case": "Reference",
    "member": "Member",
    "object": "Type of object",
    "craft": "Type of craft",
    "aircraft": "Type of aircraft",
    "vessel": "Type of vessel",
    "carrier": "Means of evacuation",
    "fire": "Type of fire",
    "weapon": "Weapon type",
    "protected": "Who or what is hit",
    "direction": "Direction",
    "element": "Part of the message",
    "reason": "Reason",
    "outage": "Reason",
    "trouble": "Nature of distress",
    "work": "Type of work",
    "exercise": "Type of exercise",
    "state": "State",
}

LANGUAGE = Language(
    tag="en",
    name="English",
    direction="ltr",
    plurals="one-other",
    categories={
        "stop": "Stop call",
        "warning": "Warning",
        "distress": "Distress",
        "information": "Information",
        "question": "Question",
        "request": "Request",
        "intention": "Intention",
        "answer": "Answer",
        "line": "Line",
    },
    texts=_TEXTS,
    labels=_LABELS,
    months=("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December"),
    instant="{clock} UTC on {day} {month} {year}",
    place="{latitude} {ns} {longitude} {ew}",
    code_name=" (code name {name})",
    hemispheres=("N", "S", "E", "W"),
    bearing="{degrees} degrees true",
    datums={
        "AMSL": ("{length} above mean sea level", "{length} below mean sea level"),
        "AGL": ("{length} above ground level", ""),
        "WGS84": ("{length} above the WGS84 ellipsoid", "{length} below the WGS84 ellipsoid"),
    },
    units={
        "metre": {"one": "{n} metre", "other": "{n} metres"},
        "foot": {"one": "{n} foot", "other": "{n} feet"},
        "minute": {"one": "{n} minute", "other": "{n} minutes"},
        "hour": {"one": "{n} hour", "other": "{n} hours"},
    },
    nouns=_NOUNS,
    words=_WORDS,
)  # fmt: skip
