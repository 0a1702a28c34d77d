"""The Excel add-in: its file, and the Python behind it."""
