"""One file per resource: parse, ask one function of the house, answer."""
