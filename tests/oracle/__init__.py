"""An independent statement of the law, written from the text alone, to check the calculator against."""
