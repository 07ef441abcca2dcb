"""What a drill says, in the members' languages. Every text opens with DRILL, and says that it is a SIMULATION."""

from __future__ import annotations

from collections.abc import Mapping

from parley.procedure.drill.exercises import FORK_SEEN, MISSED_CALL, NODE_LOST, STOP_CALL

LANGUAGES = ("en", "ar", "he")

ANNOUNCED: Mapping[str, Mapping[str, str]] = {
    STOP_CALL: {
        "en": "DRILL. SIMULATION. A STOP follows. Take it, read it back, pass it on, have the unit confirm, and tell the outcome.",
        "ar": "تمرين. محاكاة. يتبع نداء قف. استلموه واقرأوه قراءة مرتدة وأبلغوه إلى الوحدة واطلبوا تأكيدها وأخبروا بالنتيجة.",
        "he": "תרגיל. סימולציה. בהמשך קריאת עצור. קלטו אותה, הקריאו חזרה, העבירו ליחידה, ודאו את אישורה ודווחו תוצאה.",
    },
    MISSED_CALL: {
        "en": "DRILL. SIMULATION. A FLASH follows. Nobody acknowledges it before the facilitator is rung and has answered.",
        "ar": "تمرين. محاكاة. تتبع رسالة FLASH. لا يقر أحد باستلامها قبل أن يُستدعى الميسّر ويجيب.",
        "he": "תרגיל. סימולציה. בהמשך הודעת FLASH. איש אינו מאשר את קבלתה לפני שהמתווך מוזעק ועונה.",
    },
    NODE_LOST: {
        "en": "DRILL. SIMULATION. The administrator of {member} stops its node now. Then everyone says what they hold to be the cause.",
        "ar": "تمرين. محاكاة. يوقف مدير النظام لدى {member} عقدته الآن. ثم يبيّن كلٌّ ما يراه سببًا للصمت.",
        "he": "תרגיל. סימולציה. מנהל המערכת של {member} עוצר כעת את הצומת שלו. לאחר מכן כל אחד מציין מהי הסיבה לדעתו.",
    },
    FORK_SEEN: {
        "en": "DRILL. SIMULATION. The log of {member} will be split. Then everyone says what they hold to be the case.",
        "ar": "تمرين. محاكاة. سينقسم سجل {member}. ثم يبيّن كلٌّ ما يراه واقعًا.",
        "he": "תרגיל. סימולציה. היומן של {member} יפוצל. לאחר מכן כל אחד מציין מה קרה לדעתו.",
    },
}
INJECTED: Mapping[str, Mapping[str, str]] = {
    STOP_CALL: {
        "en": "DRILL. SIMULATION. Cease fire in this area.",
        "ar": "تمرين. محاكاة. أوقفوا إطلاق النار في هذه المنطقة.",
        "he": "תרגיל. סימולציה. הפסיקו את הירי באזור זה.",
    },
    MISSED_CALL: {
        "en": "DRILL. SIMULATION. Nobody answers this call before the facilitator does.",
        "ar": "تمرين. محاكاة. لا يجيب أحد عن هذا النداء قبل الميسّر.",
        "he": "תרגיל. סימולציה. איש אינו עונה לקריאה זו לפני המתווך.",
    },
    NODE_LOST: {
        "en": "DRILL. SIMULATION. Acknowledge, and say in the drill's case what you hold to be the cause of the silence of {member}.",
        "ar": "تمرين. محاكاة. أقروا بالاستلام، وبيّنوا في ملف التمرين ما ترونه سببًا لصمت {member}.",
        "he": "תרגיל. סימולציה. אשרו קבלה, וציינו בתיק התרגיל מהי לדעתכם סיבת השתיקה של {member}.",
    },
    FORK_SEEN: {
        "en": "DRILL. SIMULATION. Acknowledge, and say in the drill's case what you hold of the log of {member}.",
        "ar": "تمرين. محاكاة. أقروا بالاستلام، وبيّنوا في ملف التمرين ما ترونه بشأن سجل {member}.",
        "he": "תרגיל. סימולציה. אשרו קבלה, וציינו בתיק התרגיל מה דעתכם על היומן של {member}.",
    },
}
ENDED: Mapping[str, Mapping[str, str]] = {
    STOP_CALL: {
        "en": "DRILL. SIMULATION. The drill is over; nothing was to be stopped.",
        "ar": "تمرين. محاكاة. انتهى التمرين؛ لم يكن هناك ما يُوقف.",
        "he": "תרגיל. סימולציה. התרגיל הסתיים; לא היה מה לעצור.",
    },
}


def text_of(texts: Mapping[str, Mapping[str, str]], exercise: str, language: str, member: str | None) -> dict[str, str]:
    """The content fields ``text`` and ``lang``, in `language` or, without words in it, in English."""
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    return {"text": texts[exercise][chosen].format(member=member or ""), "lang": chosen}
