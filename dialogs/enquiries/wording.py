"""The words in which questions and answers go between two people."""

from dialogs.enquiries import cards
from knowledge.delivery.messenger import Message
from knowledge.directory.places import Places
from knowledge.enquiries.models import Enquiry


class EnquiryWording:
    """Implements the port `knowledge.enquiries.wording`."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def question(self, enquiry: Enquiry) -> Message:
        return cards.question(enquiry, self.places).message

    def answer(self, enquiry: Enquiry) -> Message:
        return cards.answer(enquiry, self.places).message
