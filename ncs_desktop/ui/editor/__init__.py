"""The editor of one phiếu: rail, section cards, findings, preview."""
