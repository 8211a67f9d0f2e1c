"""Small parts every page uses: labels, notices, and one editor per kind of field."""
