"""What people see: maps, pages, tiles and the Chinese and English texts."""
