"""What is computed: networks, coverage, names, boundaries, cemeteries."""
