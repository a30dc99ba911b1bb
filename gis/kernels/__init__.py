"""Graph search, intervals on edges and curves on plain arrays; knows neither tables nor layers."""
