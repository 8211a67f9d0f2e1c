"""The preview and the printer: both show the one PDF the writer makes."""
