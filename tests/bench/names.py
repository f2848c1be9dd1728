"""Who is who in the benchmark, for the load and the bots alike."""

BOT = {"id": "28:bot", "name": "Bot"}
OWN_TOKEN = "the-bots-own-token"
"""What both bots sign their answers with."""

TENANT = "11111111-2222-4333-8444-555555555555"
MUNICIPALITY = "0780"
