"""The year in figures: on a card, as a table and as a picture."""
