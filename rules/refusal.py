"""The one kind of failure that a user sees: a sentence that says what is wrong, where, and what to do."""


class Refusal(ValueError):
    """Something cannot be done; its message is one Japanese sentence for the user. Our own mistakes raise otherwise."""
