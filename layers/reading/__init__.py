"""Reading any file an office keeps: raw rows with their numbers, geometry, encoding and declared system."""
