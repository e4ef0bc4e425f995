"""What the coder knows, as data that an analyst can read, correct and extend; each folder tells its notation."""
