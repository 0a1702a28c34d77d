"""Where the 2025 documents say what the rules cite: extracts of the official texts, and a way to find a place in them."""
