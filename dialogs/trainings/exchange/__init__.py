"""Lists of trainings that come in and go out: from a sheet, to a sheet, and to be followed."""
