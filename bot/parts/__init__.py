"""What each subject consists of, put together: its services, dialogs, pages, timers and chores."""
