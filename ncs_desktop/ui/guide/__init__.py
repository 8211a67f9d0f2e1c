"""The user guide, shown inside the window on F1."""
