"""One map stack: folium on vendored Leaflet, for the live page, the notebook and the exported file."""
