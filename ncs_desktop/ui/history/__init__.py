"""The kept versions of one phiếu: what differs from now, and going back to one."""
