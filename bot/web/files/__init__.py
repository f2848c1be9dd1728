"""Files that are fetched by a link: tables, certificates, calendars, what is kept."""
