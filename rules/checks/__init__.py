"""What a quote is checked for, by what each check looks at; `check.py` runs them all."""
