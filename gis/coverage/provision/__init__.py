"""What a place is provided with, beds, area, sites, against the norms, and what is missing."""
