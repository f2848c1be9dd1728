"""From the outbox to Teams: what is to be sent, claimed, sent, counted, held back and changed."""
