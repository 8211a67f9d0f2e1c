"""What travels between offices: JSON, bundles and filled forms, read through one hardened gate."""
