"""What is learnt from sentences, fitted anew in a checkout; an installation has the outcome."""
