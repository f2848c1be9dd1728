"""The weekly message to those who do not want announcements one by one."""
