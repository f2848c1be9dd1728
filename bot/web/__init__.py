"""Pages, files and figures over HTTP."""
