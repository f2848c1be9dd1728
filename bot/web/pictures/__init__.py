"""Figures as pictures, for cards and for slides."""
