"""How long each kind of data is kept, what is kept about a person, and how both end."""
