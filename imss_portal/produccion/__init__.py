"""What a portal that serves the world must have before it starts."""
