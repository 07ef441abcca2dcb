"""Hebrew texts of the phrasebook. What a table holds, and the rules of its texts: `phrasebook/language.py`.

Rules of this language's texts: a prefix letter is joined to words only, never to a slot that begins with a number
or a Latin letter. No Latin letter stands beside a number that it could draw out of its place on a right-to-left line.
"""

from __future__ import annotations

from parley.procedure.phrasebook.language import Language, Noun

_AREA = "מעגל שרדיוסו {radius} ומרכזו בנקודה {place}"
_TIMES = "התחלה: {start}. סיום: {end}."
_SEEN = "כיוון התנועה: {direction}, בשעה {time}"
_NO_INTENT = "אין כוונה עוינת."
_HELP = "אנו מבקשים סיוע."
_ROUTE = "מהנקודה {origin} אל הנקודה {destination}"
_THE_OBJECT = "{object:def} שבנקודה {place} בשעה {time}"

_TEXTS = {
    "stop.cease-fire-area": (
        "הפסקת ירי בשטח",
        f"הפסיקו מייד {{fire}} בתוך ה{_AREA}. אשרו קבלה והעבירו זאת ליחידותיכם.",
    ),
    "stop.fire-on-us": (
        "כוחותינו תחת אש שלכם",
        "כוחותינו בנקודה {place} נמצאים תחת אש שלכם החל משעה {time}. הפסיקו מייד {fire}.",
    ),
    "stop.fire-on-protected": (
        "האש שלכם פוגעת באנשים או בעצמים מוגנים",
        "האש שלכם פוגעת ב{protected} בנקודה {place}. הפסיקו מייד {fire}.",
    ),
    "stop.halt-movement": (
        "עצירת תנועה",
        "עצרו מייד את התנועה של {object} שלכם בנקודה {place}, {object|m:הנע|f:הנעה} לכיוון {direction}.",
    ),
    "stop.turn-away": (
        "הסטת כלי טיס",
        "הסיטו מייד לכיוון {direction} {aircraft} שלכם {aircraft|m:הנמצא|f:הנמצאת} בנקודה {place}, בגובה {height}.",
    ),
    "stop.extend": ("הארכה", "קריאת העצור שלנו {case} נשארת בתוקף עד שעה {until}."),
    "stop.lift": ("הסרה", "קריאת העצור שלנו {case} מסתיימת בשעה {time}."),
    "warning.unidentified": ("זהות לא ידועה", f"זהות לא ידועה לנו: {{objects}}, בנקודה {{place}}, {_SEEN}."),
    "warning.approaching": (
        "התקרבות לעמדותינו",
        f"{{object}} שלכם בנקודה {{place}} {{object|m:מתקרב|f:מתקרבת}} לעמדותינו, {_SEEN}. הפסיקו את ההתקרבות.",
    ),
    "warning.deviation": (
        "סטייה מהנתיב",
        f"{{object}} שלנו בנקודה {{place}} {{object|m:סטה|f:סטתה}} מהנתיב שנמסר, {_SEEN}. {_NO_INTENT}",
    ),
    "warning.engine-failure": ("תקלת מנוע", f"ב{{craft}} שלנו בנקודה {{place}} אירעה תקלת מנוע, {_SEEN}. התרחקו."),
    "warning.lost-contact": ("אובדן קשר", "איבדנו קשר עם {object} שלנו. המיקום האחרון הידוע: {place}, בשעה {time}."),
    "warning.out-of-control": (
        "כלי טיס בלתי מאויש יצא משליטה",
        f"כלי טיס בלתי מאויש שלנו בנקודה {{place}}, בגובה {{height}}, יצא משליטה, {_SEEN}. {_NO_INTENT}",
    ),
    "warning.accidental-fire": (
        "ירי בשוגג",
        "ירי מצידנו בנקודה {place} בשעה {time} נעשה בשוגג. סוג הנשק: {weapon}. הפסקנו את האש.",
    ),
    "warning.accidental-launch": (
        "שיגור בשוגג",
        "שיגור בשוגג מהנקודה {place} בשעה {time}: {missiles}, לכיוון {direction}. אין זו תקיפה.",
    ),
    "warning.armed-group": ("חמושים שאינם בשליטתנו", f"חמושים שאינם בשליטתנו: {{persons}}, בנקודה {{place}}, {_SEEN}."),
    "warning.unexploded-ordnance": (
        "תחמושת שלא התפוצצה",
        "תחמושת שלא התפוצצה בנקודה {place}. התרחקו למרחק של {distance} לפחות.",
    ),
    "warning.blaze": ("שרפה", "שרפה בנקודה {place} בשעה {time} מתפשטת לכיוון {direction}."),
    "distress.search-and-rescue": (
        "חיפוש והצלה",
        "נעדרים: {persons}. המיקום האחרון הידוע: {place}, בשעה {time}. אנו מחפשים באמצעות {objects}.",
    ),
    "distress.medical-evacuation": (
        "פינוי רפואי",
        f"לפינוי: {{injured}}, באמצעות {{carrier}}, {_ROUTE}. התחלה: {{start}}. נצרו אש.",
    ),
    "distress.persons-in-water": ("אנשים במים", f"במים: {{persons}}, בנקודה {{place}}, בשעה {{time}}. {_HELP}"),
    "distress.aircraft-down": (
        "נפילת כלי טיס",
        "{aircraft} שלנו {aircraft|m:התרסק|f:התרסקה} או {aircraft|m:נחת|f:נחתה} נחיתת אונס "
        f"בנקודה {{place}} בשעה {{time}}. על הסיפון: {{persons}}. {_HELP}",
    ),
    "distress.vessel-in-distress": (
        "כלי שיט במצוקה",
        "{vessel} שלנו {vessel|m:נמצא|f:נמצאת} במצוקה בנקודה {place} בשעה {time}. סוג המצוקה: {trouble}. "
        f"על הסיפון: {{persons}}. {_HELP}",
    ),
    "information.position": ("מיקום", "המיקום של {object} שלנו: {place}, בשעה {time}."),
    "information.position-and-height": (
        "מיקום וגובה",
        "המיקום של {aircraft} שלנו: {place}, גובה {height}, כיוון הטיסה {course}, בשעה {time}.",
    ),
    "information.gunfire-heard": ("נשמע ירי", "שמענו ירי. הצופה בנקודה {place}, אזימוט {bearing}, בשעה {time}."),
    "information.explosion-seen": (
        "נראה פיצוץ",
        "ראינו פיצוץ. הצופה בנקודה {place}, אזימוט {bearing}, מרחק {distance}, בשעה {time}.",
    ),
    "information.contact-regained": ("חידוש קשר", "חידשנו את הקשר עם {object} שלנו. המיקום: {place}, בשעה {time}."),
    "information.activity-state": ("מצב פעילות", "הפעילות שבתיק {case} {state} בשעה {time}."),
    "information.activity-overrun": (
        "חריגה מהמועד",
        "הפעילות שבתיק {case} לא תסתיים במועד שנמסר. סיום חדש: {end}.",
    ),
    "information.activity-delayed": (
        "עיכוב פעילות",
        "הפעילות שבתיק {case} מתעכבת. משך העיכוב: {delay}. התחלה חדשה: {start}.",
    ),
    "information.casualties": ("נפגעים", "נפגעים בנקודה {place} בשעה {time}: {injured}, {killed}."),
    "information.persons-found": ("אנשים נמצאו", "בטיפולנו: {persons}. מקום המציאה: {place}, בשעה {time}."),
    "question.ownership": ("שייכות", f"האם {_THE_OBJECT} {{object|m:שייך|f:שייכת}} לכם?"),
    "question.intention": ("כוונה", "מהי הכוונה של {object} שלכם בנקודה {place} בשעה {time}?"),
    "question.opening-of-fire": (
        "פתיחה באש",
        "האם כוחותיכם פתחו באש בנקודה {place} בשעה {time}? סוג הנשק שנצפה: {weapon}.",
    ),
    "request.hold-fire": ("נצירת אש", f"נצרו אש בתוך ה{_AREA}. {_TIMES}"),
    "request.keep-clear": ("הישארות מחוץ לשטח", f"השאירו את כוחותיכם מחוץ ל{_AREA}. {_TIMES}"),
    "request.move-away": (
        "הרחקה",
        "הרחיקו לכיוון {direction} {object} שלכם {object|m:הנמצא|f:הנמצאת} בנקודה {place}, לא יאוחר משעה {by}.",
    ),
    "request.contact-unit": ("קשר עם יחידתכם", "צרו קשר עם יחידתכם בנקודה {place} ודווחו לנו לא יאוחר משעה {by}."),
    "request.safe-passage": ("מעבר בטוח", f"אנו מבקשים מעבר בטוח: {{objects}}, {{persons}}. {_ROUTE}. {_TIMES}"),
    "request.telephone-call": ("שיחת טלפון", "אנו מבקשים שיחת טלפון עם {member} בשעה {time}."),
    "request.confirm": ("אישור", "אשרו את {element} בהודעתכם {case}."),
    "request.say-again": ("חזרה", "חזרו על הודעתכם {case}."),
    "intention.withdrawal": ("נסיגה", f"יחידתנו {{unit}} תיסוג מהנקודה {{origin}} לכיוון {{direction}}. {_TIMES}"),
    "intention.moving-away": (
        "התרחקות",
        "{object} שלנו בנקודה {place} {object|m:יתרחק|f:תתרחק} לכיוון {direction} בשעה {time}.",
    ),
    "intention.humanitarian-movement": ("תנועה הומניטרית", f"{{objects}}, {{persons}}. {_ROUTE}. {_TIMES}"),
    "intention.works": ("עבודות ליד הקו", f"סוג העבודה: {{work}}. המקום: {{place}}. העובדים: {{persons}}. {_TIMES}"),
    "intention.exercise": ("תרגיל", f"סוג התרגיל: {{exercise}}, בתוך ה{_AREA}. {_TIMES} התרגיל אינו מכוון נגדכם."),
    "intention.flight": ("טיסה", f"{{flyers}}, בתוך ה{_AREA}. גובה מזערי: {{floor}}. גובה מרבי: {{ceiling}}. {_TIMES}"),
    "answer.received": ("התקבל", "קיבלנו את הודעתכם {case} בשעה {time}."),
    "answer.understood": ("הובן", "הבנו את הודעתכם {case}."),
    "answer.not-understood": ("לא הובן", "לא הבנו את {element} בהודעתכם {case}. הבהירו."),
    "answer.wait": ("המתינו", "נשיב להודעתכם {case} לא יאוחר משעה {by}."),
    "answer.passed-on": ("הועבר", "העברנו את הודעתכם {case} ליחידתנו {unit} בשעה {time}."),
    "answer.complied": ("בוצע", "ביצענו את המבוקש בהודעתכם {case}, בשעה {time}."),
    "answer.cannot-comply": ("אין אפשרות לבצע", "איננו יכולים לבצע את המבוקש בהודעתכם {case}, מפני ש{reason}."),
    "answer.not-ours": ("לא שלנו", f"{_THE_OBJECT} {{object|m:אינו שייך|f:אינה שייכת}} לנו."),
    "answer.ours": ("שלנו", f"{_THE_OBJECT} {{object|m:שייך|f:שייכת}} לנו."),
    "answer.not-under-our-control": ("לא בשליטתנו", f"{_THE_OBJECT} {{object|m:אינו|f:אינה}} בשליטתנו."),
    "answer.yes": ("כן", "כן, בתשובה להודעתכם {case}."),
    "answer.no": ("לא", "לא, בתשובה להודעתכם {case}."),
    "line.test": ("בדיקה", "זו בדיקה של הקו ואין לה כל משמעות אחרת. השיבו לא יאוחר משעה {by}."),
    "line.test-answer": ("מענה לבדיקה", "קיבלנו את בדיקתכם {case} בשעה {time}. הקו תקין."),
    "line.handover": ("חילופי משמרת", "משמרתנו מתחלפת בשעה {time}. במשמרת לאחר מכן: {unit}."),
    "line.interruption": ("הפסקה", "הקו שלנו יופסק. התחלה: {start}. משך: {duration}. סיבה: {outage}."),
    "line.time-check": ("בדיקת שעון", "השעון שלנו מראה {time}. דווחו על כל הפרש."),
}


def _counted(one: str, two: str, other: str) -> dict[str, str]:
    """Forms of a counted noun; the number stands in brackets where the word alone says it."""
    return {"one": f"{one} ({{n}})", "two": f"{two} ({{n}})", "other": f"{{n}} {other}"}


def _masculine(singular: str, definite: str, plural: str) -> Noun:
    forms = _counted(f"{singular} אחד", f"שני {plural}", plural)
    return Noun("m", {"sg": singular, "def": definite, **forms})


def _feminine(singular: str, definite: str, plural: str) -> Noun:
    forms = _counted(f"{singular} אחת", f"שתי {plural}", plural)
    return Noun("f", {"sg": singular, "def": definite, **forms})


_NOUNS = {
    "aircraft": _masculine("כלי טיס", "כלי הטיס", "כלי טיס"),
    "helicopter": _masculine("מסוק", "המסוק", "מסוקים"),
    "unmanned-aircraft": _masculine("כלי טיס בלתי מאויש", "כלי הטיס הבלתי מאויש", "כלי טיס בלתי מאוישים"),
    "vehicle": _masculine("כלי רכב", "כלי הרכב", "כלי רכב"),
    "armoured-vehicle": _masculine("כלי רכב משוריין", "כלי הרכב המשוריין", "כלי רכב משוריינים"),
    "engineering-vehicle": _masculine("כלי הנדסי", "הכלי ההנדסי", "כלים הנדסיים"),
    "vessel": _masculine("כלי שיט", "כלי השיט", "כלי שיט"),
    "small-boat": _feminine("סירה", "הסירה", "סירות"),
    "convoy": _feminine("שיירה", "השיירה", "שיירות"),
    "group-of-persons": _feminine("קבוצת אנשים", "קבוצת האנשים", "קבוצות אנשים"),
    "person": _masculine("אדם", "האדם", "אנשים"),
    "injured": _masculine("פצוע", "הפצוע", "פצועים"),
    "killed": _masculine("הרוג", "ההרוג", "הרוגים"),
    "missile": _masculine("טיל", "הטיל", "טילים"),
}

_WORDS = {
    "fire": {
        "all-fire": "כל ירי",
        "small-arms-fire": "ירי של נשק קל",
        "direct-fire": "ירי בכינון ישיר",
        "artillery-fire": "ירי ארטילריה ומרגמות",
        "rocket-fire": "ירי רקטות וטילים",
        "air-strikes": "תקיפות מהאוויר",
        "naval-gunfire": "ירי של תותחים ימיים",
        "air-defence-fire": "ירי של הגנה אווירית",
    },
    "weapon": {
        "small-arms": "נשק קל",
        "tank-gun": "תותח טנק",
        "mortar": "מרגמה",
        "artillery": "ארטילריה",
        "rockets": "רקטות",
        "naval-gun": "תותח ימי",
        "air-defence": "נשק הגנה אווירית",
        "from-the-air": "נשק ששוחרר מהאוויר",
    },
    "protected": {
        "civilians": "אזרחים",
        "medical-facility": "מתקן רפואי",
        "ambulance": "אמבולנס",
        "humanitarian-convoy": "שיירה הומניטרית",
        "rescue-party": "צוות חילוץ",
        "school": "בית ספר",
        "water-or-power-facility": "מתקן מים או חשמל",
        "neutral-observers": "משקיפים נייטרליים",
    },
    "direction": {
        "north": "צפון",
        "north-east": "צפון מזרח",
        "east": "מזרח",
        "south-east": "דרום מזרח",
        "south": "דרום",
        "south-west": "דרום מערב",
        "west": "מערב",
        "north-west": "צפון מערב",
    },
    "element": {
        "time": "הזמן",
        "place": "המקום",
        "height": "הגובה",
        "direction": "הכיוון",
        "unit": "היחידה",
        "number": "המספר",
        "action": "הפעולה",
    },
    "reason": {
        "weather": "מזג האוויר אינו מאפשר זאת",
        "technical-fault": "יש תקלה טכנית",
        "no-contact-with-unit": "אבד הקשר עם היחידה הנוגעת בדבר",
        "unit-under-fire": "יחידתנו נמצאת תחת אש",
        "route-blocked": "הדרך חסומה",
        "danger-to-persons": "הדבר יסכן בני אדם",
        "not-our-forces": "הכוחות הנוגעים בדבר אינם שלנו",
        "not-under-our-control": "הכוחות הנוגעים בדבר אינם בשליטתנו",
        "decision-awaited": "החלטת הדרג הבכיר טרם התקבלה",
        "message-unclear": "הודעתכם אינה ברורה לנו",
    },
    "outage": {
        "maintenance": "תחזוקה",
        "power-failure": "הפסקת חשמל",
        "technical-fault": "תקלה טכנית",
        "weather": "מזג אוויר",
        "relocation": "העתקת מקום",
    },
    "trouble": {
        "fire-on-board": "שרפה על הסיפון",
        "flooding": "חדירת מים",
        "grounding": "עלייה על שרטון",
        "drifting": "היסחפות ללא מנוע",
        "collision": "התנגשות",
    },
    "work": {
        "road-works": "עבודות כביש",
        "water-line-repair": "תיקון קו מים",
        "power-line-repair": "תיקון קו חשמל",
        "barrier-repair": "תיקון גדר או מכשול",
        "mine-clearance": "פינוי מוקשים",
        "controlled-demolition": "פיצוץ מבוקר",
        "fire-fighting": "כיבוי שרפה",
        "agriculture": "עבודה חקלאית",
        "survey": "מדידה וסימון",
    },
    "exercise": {
        "live-firing": "ירי בתחמושת חיה",
        "vehicle-movement": "תנועת כלי רכב",
        "flights": "טיסות",
        "naval-manoeuvres": "תמרונים ימיים",
        "illumination": "תאורה לילית",
        "command-post": "תרגיל מפקדות",
    },
    "state": {"begun": "החלה", "ended": "הסתיימה", "cancelled": "בוטלה"},
}

_LABELS = {
    "time": "זמן",
    "start": "התחלה",
    "end": "סיום",
    "until": "עד",
    "by": "לא יאוחר משעה",
    "delay": "משך העיכוב",
    "duration": "משך",
    "place": "מקום",
    "origin": "מן",
    "destination": "אל",
    "height": "גובה",
    "floor": "גובה מזערי",
    "ceiling": "גובה מרבי",
    "radius": "רדיוס",
    "distance": "מרחק",
    "bearing": "אזימוט",
    "course": "כיוון הטיסה",
    "persons": "מספר האנשים",
    "injured": "מספר הפצועים",
    "killed": "מספר ההרוגים",
    "missiles": "מספר הטילים",
    "objects": "מספר וסוג",
    "flyers": "מספר וסוג של כלי טיס",
    "unit": "יחידה",
    "case": "סימוכין",
    "member": "חבר",
    "object": "סוג",
    "craft": "סוג הכלי",
    "aircraft": "סוג כלי הטיס",
    "vessel": "סוג כלי השיט",
    "carrier": "אמצעי הפינוי",
    "fire": "סוג הירי",
    "weapon": "סוג הנשק",
    "protected": "מי או מה נפגע",
    "direction": "כיוון",
    "element": "חלק מההודעה",
    "reason": "סיבה",
    "outage": "סיבה",
    "trouble": "סוג המצוקה",
    "work": "סוג העבודה",
    "exercise": "סוג התרגיל",
    "state": "מצב",
}

LANGUAGE = Language(
    tag="he",
    name="עברית",
    direction="rtl",
    plurals="one-two-other",
    categories={
        "stop": "קריאת עצור",
        "warning": "אזהרה",
        "distress": "מצוקה",
        "information": "מידע",
        "question": "שאלה",
        "request": "בקשה",
        "intention": "הודעת כוונה",
        "answer": "תשובה",
        "line": "הקו",
    },
    texts=_TEXTS,
    labels=_LABELS,
    months=("ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט", "ספטמבר", "אוקטובר", "נובמבר",
            "דצמבר"),
    instant="{clock} UTC בתאריך {day} ב{month} {year}",
    place="{latitude} {ns} {longitude} {ew}",
    code_name=" (שם קוד {name})",
    hemispheres=("צפון", "דרום", "מזרח", "מערב"),
    bearing="{degrees} מעלות מצפון אמיתי",
    datums={
        "AMSL": ("{length} מעל מפלס הים הממוצע", "{length} מתחת למפלס הים הממוצע"),
        "AGL": ("{length} מעל פני הקרקע", ""),
        "WGS84": ("{length} מעל האליפסואיד WGS84", "{length} מתחת לאליפסואיד WGS84"),
    },
    units={
        "metre": _counted("מטר אחד", "שני מטרים", "מטרים"),
        "foot": _counted("רגל אחת", "שתי רגליים", "רגל"),
        "minute": _counted("דקה אחת", "שתי דקות", "דקות"),
        "hour": _counted("שעה אחת", "שעתיים", "שעות"),
    },
    nouns=_NOUNS,
    words=_WORDS,
)  # fmt: skip
