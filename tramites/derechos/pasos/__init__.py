"""What a person meets about their own data."""
