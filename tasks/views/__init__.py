"""Pages of the control of execution."""
