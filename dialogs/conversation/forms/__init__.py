"""What forms share: how they are drawn, and how they are read when they are typed."""
