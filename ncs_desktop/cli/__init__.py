"""The command line: parses arguments, calls the use cases, prints Vietnamese or JSON."""
