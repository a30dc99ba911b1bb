"""Why people are not served, what severs them from what is near, and the cheapest single remedy."""
