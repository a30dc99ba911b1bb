"""What the data is: layer specifications, reading, writing, the workspace store, quality and privacy."""
