"""Teams: what comes in, what goes out, and who may."""
