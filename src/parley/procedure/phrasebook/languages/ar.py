"""Arabic texts of the phrasebook, modern standard. What a table holds, and its rules: `phrasebook/language.py`.

Rules of this language's texts: a thing stands in the nominative or after a preposition, never as an indefinite
accusative, so that its spelling is the same wherever it stands; only the dual differs, form ``gen``. Months have
both names in use. No Latin letter stands beside a number that it could draw out of its place on a right-to-left line.
"""

from __future__ import annotations

from parley.procedure.phrasebook.language import Language, Noun

_AREA = "الدائرة التي نصف قطرها {radius} ومركزها النقطة {place}"
_TIMES = "البداية: {start}. النهاية: {end}."
_SEEN = "اتجاه الحركة: {direction}، الساعة {time}"
_NO_INTENT = "لا توجد نية عدائية."
_HELP = "نطلب المساعدة."
_ROUTE = "من النقطة {origin} إلى النقطة {destination}"


def _ours(slot: str) -> str:
    return f"{{{slot}}} {{{slot}|m:تابع|f:تابعة}} لنا"


def _yours(slot: str) -> str:
    return f"{{{slot}}} {{{slot}|m:تابع|f:تابعة}} لكم"


_THE_OBJECT = "{object:def} في النقطة {place} الساعة {time}"

_TEXTS = {
    "stop.cease-fire-area": (
        "إيقاف إطلاق النار في منطقة",
        f"أوقفوا فورًا {{fire}} داخل {_AREA}. أكدوا الاستلام وأبلغوا وحداتكم.",
    ),
    "stop.fire-on-us": (
        "قواتنا تحت نيرانكم",
        "قواتنا في النقطة {place} تتعرض لنيرانكم منذ الساعة {time}. أوقفوا فورًا {fire}.",
    ),
    "stop.fire-on-protected": (
        "نيرانكم تصيب أشخاصًا أو أعيانًا محمية",
        "نيرانكم تصيب {protected} في النقطة {place}. أوقفوا فورًا {fire}.",
    ),
    "stop.halt-movement": (
        "إيقاف حركة",
        f"أوقفوا فورًا حركة {_yours('object')} في النقطة {{place}}، {{object|m:يتجه|f:تتجه}} نحو {{direction}}.",
    ),
    "stop.turn-away": (
        "تحويل مسار طائرة",
        f"حوّلوا فورًا نحو {{direction}} مسار {_yours('aircraft')} في النقطة {{place}}، على ارتفاع {{height:gen}}.",
    ),
    "stop.extend": ("تمديد", "نداء الإيقاف {case} الصادر عنا يبقى نافذًا حتى الساعة {until}."),
    "stop.lift": ("رفع النداء", "نداء الإيقاف {case} الصادر عنا ينتهي الساعة {time}."),
    "warning.unidentified": ("هوية مجهولة", f"هوية مجهولة لنا: {{objects}}، في النقطة {{place}}، {_SEEN}."),
    "warning.approaching": (
        "اقتراب من مواقعنا",
        f"{_yours('object')} في النقطة {{place}} {{object|m:يقترب|f:تقترب}} من مواقعنا، {_SEEN}. أوقفوا الاقتراب.",
    ),
    "warning.deviation": (
        "خروج عن المسار",
        f"{_ours('object')} في النقطة {{place}} {{object|m:خرج|f:خرجت}} عن المسار المبلّغ عنه، {_SEEN}. {_NO_INTENT}",
    ),
    "warning.engine-failure": (
        "عطل في المحرك",
        f"{_ours('craft')} في النقطة {{place}} {{craft|m:أصيب|f:أصيبت}} بعطل في المحرك، {_SEEN}. ابتعدوا.",
    ),
    "warning.lost-contact": (
        "انقطاع الاتصال",
        f"فقدنا الاتصال مع {_ours('object')}. آخر موقع معروف: النقطة {{place}}، الساعة {{time}}.",
    ),
    "warning.out-of-control": (
        "طائرة مسيّرة خارج السيطرة",
        f"طائرة مسيّرة تابعة لنا في النقطة {{place}}، على ارتفاع {{height:gen}}، خرجت عن السيطرة، {_SEEN}. {_NO_INTENT}",
    ),
    "warning.accidental-fire": (
        "إطلاق نار غير مقصود",
        "إطلاق النار من جانبنا في النقطة {place} الساعة {time} لم يكن مقصودًا. نوع السلاح: {weapon}. "
        "أوقفنا إطلاق النار.",
    ),
    "warning.accidental-launch": (
        "إطلاق صاروخي غير مقصود",
        "إطلاق غير مقصود من النقطة {place} الساعة {time}: {missiles}، نحو {direction}. هذا ليس هجومًا.",
    ),
    "warning.armed-group": ("مسلحون خارج سيطرتنا", f"مسلحون خارج سيطرتنا: {{persons}}، في النقطة {{place}}، {_SEEN}."),
    "warning.unexploded-ordnance": (
        "ذخائر غير منفجرة",
        "ذخائر غير منفجرة في النقطة {place}. ابتعدوا مسافة لا تقل عن {distance:gen}.",
    ),
    "warning.blaze": ("حريق", "حريق في النقطة {place} الساعة {time} يمتد نحو {direction}."),
    "distress.search-and-rescue": (
        "بحث وإنقاذ",
        "المفقودون: {persons}. آخر موقع معروف: النقطة {place}، الساعة {time}. نجري البحث بواسطة {objects:gen}.",
    ),
    "distress.medical-evacuation": (
        "إخلاء طبي",
        f"للإخلاء: {{injured}}، بواسطة {{carrier}}، {_ROUTE}. البداية: {{start}}. امتنعوا عن إطلاق النار.",
    ),
    "distress.persons-in-water": (
        "أشخاص في الماء",
        f"في الماء: {{persons}}، في النقطة {{place}}، الساعة {{time}}. {_HELP}",
    ),
    "distress.aircraft-down": (
        "سقوط طائرة",
        f"{_ours('aircraft')} {{aircraft|m:سقط|f:سقطت}} أو {{aircraft|m:هبط|f:هبطت}} اضطراريًا "
        f"في النقطة {{place}} الساعة {{time}}. على المتن: {{persons}}. {_HELP}",
    ),
    "distress.vessel-in-distress": (
        "سفينة في حالة استغاثة",
        f"{_ours('vessel')} في حالة استغاثة في النقطة {{place}} الساعة {{time}}. نوع الخطر: {{trouble}}. "
        f"على المتن: {{persons}}. {_HELP}",
    ),
    "information.position": ("موقع", f"موقع {_ours('object')}: النقطة {{place}}، الساعة {{time}}."),
    "information.position-and-height": (
        "موقع وارتفاع",
        f"موقع {_ours('aircraft')}: النقطة {{place}}، الارتفاع {{height}}، اتجاه الطيران {{course}}، الساعة {{time}}.",
    ),
    "information.gunfire-heard": (
        "سماع إطلاق نار",
        "سمعنا إطلاق نار. المراقب في النقطة {place}، الاتجاه {bearing}، الساعة {time}.",
    ),
    "information.explosion-seen": (
        "رؤية انفجار",
        "رأينا انفجارًا. المراقب في النقطة {place}، الاتجاه {bearing}، المسافة {distance}، الساعة {time}.",
    ),
    "information.contact-regained": (
        "عودة الاتصال",
        f"استعدنا الاتصال مع {_ours('object')}. الموقع: النقطة {{place}}، الساعة {{time}}.",
    ),
    "information.activity-state": ("حالة نشاط", "النشاط الوارد في الملف {case} {state} الساعة {time}."),
    "information.activity-overrun": (
        "تجاوز الموعد",
        "النشاط الوارد في الملف {case} لن ينتهي في الموعد المبلّغ عنه. النهاية الجديدة: {end}.",
    ),
    "information.activity-delayed": (
        "تأخر نشاط",
        "النشاط الوارد في الملف {case} تأخر. مدة التأخير: {delay}. البداية الجديدة: {start}.",
    ),
    "information.casualties": ("خسائر بشرية", "الخسائر البشرية في النقطة {place} الساعة {time}: {injured}، {killed}."),
    "information.persons-found": (
        "العثور على أشخاص",
        "في رعايتنا: {persons}. مكان العثور: النقطة {place}، الساعة {time}.",
    ),
    "question.ownership": ("التبعية", f"هل {_THE_OBJECT} {{object|m:تابع|f:تابعة}} لكم؟"),
    "question.intention": ("النية", f"ما نية {_yours('object')} في النقطة {{place}} الساعة {{time}}؟"),
    "question.opening-of-fire": (
        "فتح النار",
        "هل فتحت قواتكم النار في النقطة {place} الساعة {time}؟ نوع السلاح المرصود: {weapon}.",
    ),
    "request.hold-fire": ("الامتناع عن إطلاق النار", f"امتنعوا عن إطلاق النار داخل {_AREA}. {_TIMES}"),
    "request.keep-clear": ("البقاء خارج منطقة", f"أبقوا قواتكم خارج {_AREA}. {_TIMES}"),
    "request.move-away": (
        "إبعاد",
        f"نطلب إبعاد {_yours('object')} في النقطة {{place}} نحو {{direction}}، في موعد أقصاه الساعة {{by}}.",
    ),
    "request.contact-unit": ("الاتصال بوحدتكم", "اتصلوا بوحدتكم في النقطة {place} وأفيدونا في موعد أقصاه الساعة {by}."),
    "request.safe-passage": ("مرور آمن", f"نطلب المرور الآمن: {{objects}}، {{persons}}. {_ROUTE}. {_TIMES}"),
    "request.telephone-call": ("مكالمة هاتفية", "نطلب مكالمة هاتفية مع {member} الساعة {time}."),
    "request.confirm": ("تأكيد", "أكدوا {element} في رسالتكم {case}."),
    "request.say-again": ("تكرار", "كرروا رسالتكم {case}."),
    "intention.withdrawal": ("انسحاب", f"وحدتنا {{unit}} ستنسحب من النقطة {{origin}} نحو {{direction}}. {_TIMES}"),
    "intention.moving-away": (
        "ابتعاد",
        f"{_ours('object')} في النقطة {{place}} {{object|m:سيبتعد|f:ستبتعد}} نحو {{direction}} الساعة {{time}}.",
    ),
    "intention.humanitarian-movement": ("تحرك إنساني", f"{{objects}}، {{persons}}. {_ROUTE}. {_TIMES}"),
    "intention.works": (
        "أعمال قرب الخط",
        f"نوع العمل: {{work}}. المكان: النقطة {{place}}. العاملون: {{persons}}. {_TIMES}",
    ),
    "intention.exercise": ("تمرين", f"نوع التمرين: {{exercise}}، داخل {_AREA}. {_TIMES} التمرين ليس موجهًا ضدكم."),
    "intention.flight": (
        "طيران",
        f"{{flyers}}، داخل {_AREA}. أدنى ارتفاع: {{floor}}. أقصى ارتفاع: {{ceiling}}. {_TIMES}",
    ),
    "answer.received": ("تم الاستلام", "استلمنا رسالتكم {case} الساعة {time}."),
    "answer.understood": ("مفهوم", "فهمنا رسالتكم {case}."),
    "answer.not-understood": ("غير مفهوم", "لم نفهم {element} في رسالتكم {case}. وضحوا."),
    "answer.wait": ("انتظروا", "سنجيب عن رسالتكم {case} في موعد أقصاه الساعة {by}."),
    "answer.passed-on": ("تم التبليغ", "نقلنا رسالتكم {case} إلى وحدتنا {unit} الساعة {time}."),
    "answer.complied": ("تم التنفيذ", "نفذنا المطلوب في رسالتكم {case}، الساعة {time}."),
    "answer.cannot-comply": ("تعذر التنفيذ", "لا يمكننا تنفيذ المطلوب في رسالتكم {case}، لأن {reason}."),
    "answer.not-ours": ("ليس لنا", f"{_THE_OBJECT} {{object|m:ليس تابعًا|f:ليست تابعة}} لنا."),
    "answer.ours": ("لنا", f"{_THE_OBJECT} {{object|m:تابع|f:تابعة}} لنا."),
    "answer.not-under-our-control": ("ليس تحت سيطرتنا", f"{_THE_OBJECT} {{object|m:ليس|f:ليست}} تحت سيطرتنا."),
    "answer.yes": ("نعم", "نعم، جوابًا عن رسالتكم {case}."),
    "answer.no": ("لا", "لا، جوابًا عن رسالتكم {case}."),
    "line.test": ("اختبار", "هذا اختبار للخط ولا يعني أي شيء آخر. أجيبوا في موعد أقصاه الساعة {by}."),
    "line.test-answer": ("جواب عن اختبار", "استلمنا اختباركم {case} الساعة {time}. الخط يعمل."),
    "line.handover": ("تسليم المناوبة", "تتبدل مناوبتنا الساعة {time}. المناوب بعد ذلك: {unit}."),
    "line.interruption": ("انقطاع", "سينقطع خطنا. البداية: {start}. المدة: {duration}. السبب: {outage}."),
    "line.time-check": ("تدقيق الوقت", "ساعتنا تشير إلى {time}. أفيدونا بأي فرق."),
}


def _counted(one: str, two: str, two_gen: str, few: str, many: str, other: str) -> dict[str, str]:
    """Forms of a counted noun; the number stands in brackets where the word alone says it."""
    return {
        "zero": f"{{n}} {other}",
        "one": f"{one} ({{n}})",
        "two": f"{two} ({{n}})",
        "two.gen": f"{two_gen} ({{n}})",
        "few": f"{{n}} {few}",
        "many": f"{{n}} {many}",
        "other": f"{{n}} {other}",
    }


def _feminine(singular: str, definite: str, duals: tuple[str, str], plural: str) -> Noun:
    forms = _counted(f"{singular} واحدة", duals[0], duals[1], plural, singular, singular)
    return Noun("f", {"sg": singular, "def": definite, **forms})


def _masculine(singular: str, definite: str, duals: tuple[str, str], plural: str, accusative: str) -> Noun:
    forms = _counted(f"{singular} واحد", duals[0], duals[1], plural, accusative, singular)
    return Noun("m", {"sg": singular, "def": definite, **forms})


_NOUNS = {
    "aircraft": _feminine("طائرة", "الطائرة", ("طائرتان", "طائرتين"), "طائرات"),
    "helicopter": _feminine("مروحية", "المروحية", ("مروحيتان", "مروحيتين"), "مروحيات"),
    "unmanned-aircraft": _feminine(
        "طائرة مسيّرة", "الطائرة المسيّرة", ("طائرتان مسيّرتان", "طائرتين مسيّرتين"), "طائرات مسيّرة"
    ),
    "vehicle": _feminine("مركبة", "المركبة", ("مركبتان", "مركبتين"), "مركبات"),
    "armoured-vehicle": _feminine(
        "مركبة مدرعة", "المركبة المدرعة", ("مركبتان مدرعتان", "مركبتين مدرعتين"), "مركبات مدرعة"
    ),
    "engineering-vehicle": _feminine(
        "آلية هندسية", "الآلية الهندسية", ("آليتان هندسيتان", "آليتين هندسيتين"), "آليات هندسية"
    ),
    "vessel": _feminine("سفينة", "السفينة", ("سفينتان", "سفينتين"), "سفن"),
    "small-boat": _masculine("زورق", "الزورق", ("زورقان", "زورقين"), "زوارق", "زورقًا"),
    "convoy": _feminine("قافلة", "القافلة", ("قافلتان", "قافلتين"), "قوافل"),
    "group-of-persons": _feminine(
        "مجموعة أشخاص", "مجموعة الأشخاص", ("مجموعتا أشخاص", "مجموعتي أشخاص"), "مجموعات أشخاص"
    ),
    "person": _masculine("شخص", "الشخص", ("شخصان", "شخصين"), "أشخاص", "شخصًا"),
    "injured": _masculine("مصاب", "المصاب", ("مصابان", "مصابين"), "مصابين", "مصابًا"),
    "killed": _masculine("قتيل", "القتيل", ("قتيلان", "قتيلين"), "قتلى", "قتيلًا"),
    "missile": _masculine("صاروخ", "الصاروخ", ("صاروخان", "صاروخين"), "صواريخ", "صاروخًا"),
}

_WORDS = {
    "fire": {
        "all-fire": "كل أنواع إطلاق النار",
        "small-arms-fire": "إطلاق النار من الأسلحة الخفيفة",
        "direct-fire": "الرماية المباشرة",
        "artillery-fire": "رمايات المدفعية والهاون",
        "rocket-fire": "إطلاق القذائف الصاروخية والصواريخ",
        "air-strikes": "الضربات الجوية",
        "naval-gunfire": "رمايات المدفعية البحرية",
        "air-defence-fire": "رمايات الدفاع الجوي",
    },
    "weapon": {
        "small-arms": "أسلحة خفيفة",
        "tank-gun": "مدفع دبابة",
        "mortar": "هاون",
        "artillery": "مدفعية",
        "rockets": "قذائف صاروخية",
        "naval-gun": "مدفع بحري",
        "air-defence": "سلاح دفاع جوي",
        "from-the-air": "سلاح ملقى من الجو",
    },
    "protected": {
        "civilians": "مدنيين",
        "medical-facility": "منشأة طبية",
        "ambulance": "سيارة إسعاف",
        "humanitarian-convoy": "قافلة إنسانية",
        "rescue-party": "فريق إنقاذ",
        "school": "مدرسة",
        "water-or-power-facility": "منشأة مياه أو كهرباء",
        "neutral-observers": "مراقبين محايدين",
    },
    "direction": {
        "north": "الشمال",
        "north-east": "الشمال الشرقي",
        "east": "الشرق",
        "south-east": "الجنوب الشرقي",
        "south": "الجنوب",
        "south-west": "الجنوب الغربي",
        "west": "الغرب",
        "north-west": "الشمال الغربي",
    },
    "element": {
        "time": "الوقت",
        "place": "المكان",
        "height": "الارتفاع",
        "direction": "الاتجاه",
        "unit": "الوحدة",
        "number": "العدد",
        "action": "الإجراء",
    },
    "reason": {
        "weather": "الأحوال الجوية لا تسمح بذلك",
        "technical-fault": "هناك عطلًا فنيًا",
        "no-contact-with-unit": "الاتصال بالوحدة المعنية مقطوع",
        "unit-under-fire": "وحدتنا تتعرض لإطلاق النار",
        "route-blocked": "الطريق مغلق",
        "danger-to-persons": "ذلك يعرّض أشخاصًا للخطر",
        "not-our-forces": "القوات المعنية ليست تابعة لنا",
        "not-under-our-control": "القوات المعنية ليست تحت سيطرتنا",
        "decision-awaited": "قرار المستوى الأعلى لم يصل بعد",
        "message-unclear": "رسالتكم غير واضحة لنا",
    },
    "outage": {
        "maintenance": "صيانة",
        "power-failure": "انقطاع الكهرباء",
        "technical-fault": "عطل فني",
        "weather": "أحوال جوية",
        "relocation": "نقل المقر",
    },
    "trouble": {
        "fire-on-board": "حريق على المتن",
        "flooding": "تسرب المياه",
        "grounding": "جنوح",
        "drifting": "انجراف بلا محرك",
        "collision": "تصادم",
    },
    "work": {
        "road-works": "أعمال طرق",
        "water-line-repair": "إصلاح خط مياه",
        "power-line-repair": "إصلاح خط كهرباء",
        "barrier-repair": "إصلاح سياج أو حاجز",
        "mine-clearance": "إزالة ألغام",
        "controlled-demolition": "تفجير مسيطر عليه",
        "fire-fighting": "إطفاء حريق",
        "agriculture": "أعمال زراعية",
        "survey": "مسح ووضع علامات",
    },
    "exercise": {
        "live-firing": "رماية بالذخيرة الحية",
        "vehicle-movement": "تحرك مركبات",
        "flights": "طلعات جوية",
        "naval-manoeuvres": "مناورات بحرية",
        "illumination": "إضاءة ليلية",
        "command-post": "تمرين مراكز قيادة",
    },
    "state": {"begun": "بدأ", "ended": "انتهى", "cancelled": "أُلغي"},
}

_LABELS = {
    "time": "الوقت",
    "start": "البداية",
    "end": "النهاية",
    "until": "حتى",
    "by": "في موعد أقصاه",
    "delay": "مدة التأخير",
    "duration": "المدة",
    "place": "المكان",
    "origin": "من",
    "destination": "إلى",
    "height": "الارتفاع",
    "floor": "أدنى ارتفاع",
    "ceiling": "أقصى ارتفاع",
    "radius": "نصف القطر",
    "distance": "المسافة",
    "bearing": "الاتجاه بالدرجات",
    "course": "اتجاه الطيران",
    "persons": "عدد الأشخاص",
    "injured": "عدد المصابين",
    "killed": "عدد القتلى",
    "missiles": "عدد الصواريخ",
    "objects": "العدد والنوع",
    "flyers": "عدد الطائرات ونوعها",
    "unit": "الوحدة",
    "case": "الرقم المرجعي",
    "member": "العضو",
    "object": "النوع",
    "craft": "نوع المركبة",
    "aircraft": "نوع الطائرة",
    "vessel": "نوع السفينة",
    "carrier": "وسيلة الإخلاء",
    "fire": "نوع إطلاق النار",
    "weapon": "نوع السلاح",
    "protected": "من أو ما يصاب",
    "direction": "الاتجاه",
    "element": "جزء الرسالة",
    "reason": "السبب",
    "outage": "السبب",
    "trouble": "نوع الخطر",
    "work": "نوع العمل",
    "exercise": "نوع التمرين",
    "state": "الحالة",
}

LANGUAGE = Language(
    tag="ar",
    name="العربية",
    direction="rtl",
    plurals="arabic",
    categories={
        "stop": "نداء إيقاف",
        "warning": "تحذير",
        "distress": "استغاثة",
        "information": "إفادة",
        "question": "سؤال",
        "request": "طلب",
        "intention": "إعلان نية",
        "answer": "جواب",
        "line": "الخط",
    },
    texts=_TEXTS,
    labels=_LABELS,
    months=("كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو",
            "تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر",
            "كانون الأول/ديسمبر"),
    instant="{clock} UTC بتاريخ {day} {month} {year}",
    place="{latitude} {ns} {longitude} {ew}",
    code_name=" (الرمز {name})",
    hemispheres=("شمالًا", "جنوبًا", "شرقًا", "غربًا"),
    bearing="{degrees} درجة من الشمال الحقيقي",
    datums={
        "AMSL": ("{length} فوق متوسط سطح البحر", "{length} تحت متوسط سطح البحر"),
        "AGL": ("{length} فوق سطح الأرض", ""),
        "WGS84": ("{length} فوق المجسم الإهليلجي WGS84", "{length} تحت المجسم الإهليلجي WGS84"),
    },
    units={
        "metre": _counted("متر واحد", "متران", "مترين", "أمتار", "مترًا", "متر"),
        "foot": _counted("قدم واحدة", "قدمان", "قدمين", "أقدام", "قدمًا", "قدم"),
        "minute": _counted("دقيقة واحدة", "دقيقتان", "دقيقتين", "دقائق", "دقيقة", "دقيقة"),
        "hour": _counted("ساعة واحدة", "ساعتان", "ساعتين", "ساعات", "ساعة", "ساعة"),
    },
    nouns=_NOUNS,
    words=_WORDS,
)  # fmt: skip
