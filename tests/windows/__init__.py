"""The add-in on genuine Windows programs, which Wine runs. setup/windows.sh makes build/windows; docs/proofs.md says what
this shows and what it cannot show."""
