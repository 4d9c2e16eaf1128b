"""The private room of an investor, and the desk of the office that answers it."""
