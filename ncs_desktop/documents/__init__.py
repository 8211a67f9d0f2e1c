"""One neutral document, composed once and written to PDF, Word and Excel."""
