"""The workspace's store: one protocol, a GeoPackage behind it by default."""
