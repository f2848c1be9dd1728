"""Who did what, and when: what coordinators and operators have done, for as long as it is kept."""
