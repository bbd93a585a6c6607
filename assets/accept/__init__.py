"""Taking files in: recognised by content, stored by hash, written to the ledger."""
