"""The assistant for the print set and the bundle to hand over."""
