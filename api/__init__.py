"""How it is asked for: the HTTP application and the command line."""
