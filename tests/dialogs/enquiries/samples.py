"""Questions to who wrote an announcement, and their answers."""

from collections.abc import Iterator

from dialogs.enquiries import cards as enquiries
from knowledge.announcements.words import HEADING
from knowledge.directory.places import load_places
from knowledge.enquiries.models import Enquiry, Subject
from knowledge.enquiries.service import LONGEST
from tests.dialogs.sampling import HOSTILE, LONG_WORD, WORDY, Sample, sample


def samples() -> Iterator[Sample]:
    places = load_places()
    for case, words in (
        ("everyday", "När börjar mötet?"),
        ("longest", (f"{WORDY}\n\n" * 10)[:LONGEST]),
        ("hostile", HOSTILE),
        ("one word", LONG_WORD),
    ):
        subject = Subject(7, words[: HEADING.stop - 1], "07")
        known = Enquiry(1, subject, 1, words[:200], "0780", 2, words, words)
        yield sample(enquiries.ask_form, case, subject, "t", words)
        yield sample(enquiries.question, case, known, places)
        yield sample(enquiries.answer_form, case, known, places)
        yield sample(enquiries.answer_form, f"{case}, said", known, places, words)
        yield sample(enquiries.answer, case, known, places)
    national = Enquiry(1, Subject(7, "Ny handbok", "00"), 1, "", "", 2, "Hur då?", "Så här.")
    yield sample(enquiries.question, "by nobody known", national, places)
    yield sample(enquiries.answer, "from the nation", national, places)
    about = Subject(7, HOSTILE[: HEADING.stop - 1], "07")
    waiting = [Enquiry(n, about, n, HOSTILE, "0780", 2, HOSTILE, "") for n in range(1, 6)]
    yield sample(enquiries.which, "several", waiting, places, missed=True)
