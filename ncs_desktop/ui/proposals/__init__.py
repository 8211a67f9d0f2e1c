"""The list of a person's phiếu: find, make, open, copy, bin."""
