"""How much supply people reach (floating catchments), how evenly, how surely, and how it could be spread."""
